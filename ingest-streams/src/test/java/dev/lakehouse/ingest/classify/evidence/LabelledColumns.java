package dev.lakehouse.ingest.classify.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Columns of many locales with the kind each should be found to be, the same at every run. Each
 * format comes with telling names and with names that say nothing, in several lengths, with and
 * without dirt.
 */
final class LabelledColumns {
  private LabelledColumns() {}

  static List<LabelledColumn> all() {
    Random random = new Random(20260101);
    List<LabelledColumn> columns = new ArrayList<>();
    new PersonalColumns(random, columns).make();
    new HeldOutColumns(random, columns).make();
    new FalseFriendColumns(random, columns).make();
    return columns;
  }
}
