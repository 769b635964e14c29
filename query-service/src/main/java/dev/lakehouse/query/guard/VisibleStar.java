package dev.lakehouse.query.guard;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;

/** A star over datasets whose metadata columns are in reach by name, but stay out of the star. */
final class VisibleStar extends SqlIdentifier {
  /**
   * A dataset that the star covers, by its name in the query.
   *
   * @param use its place among the query's tables
   */
  record Covered(String alias, int use) {}

  private final List<Covered> covered;
  private final SqlNodeList excluded;

  /**
   * @param star {@code *} or {@code t.*}
   * @param excluded what the query itself leaves out
   */
  VisibleStar(SqlIdentifier star, List<Covered> covered, SqlNodeList excluded) {
    super(star.names, null, star.getParserPosition(), null);
    this.covered = covered;
    this.excluded = excluded;
  }

  @Override
  public void unparse(SqlWriter writer, int left, int right) {
    super.unparse(writer, left, right);
    if (!(writer.getDialect() instanceof ScanNames names)) {
      return;
    }
    Set<String> already =
        excluded.stream()
            .map(column -> last((SqlIdentifier) column).toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    SqlNodeList out = new SqlNodeList(excluded, getParserPosition());
    for (Covered each : covered) {
      for (String column : names.metadataColumns(each.use())) {
        if (!already.contains(column)) {
          out.add(new SqlIdentifier(List.of(each.alias(), column), getParserPosition()));
        }
      }
    }
    if (!out.isEmpty()) {
      writer.keyword("EXCLUDE");
      SqlWriter.Frame frame = writer.startList("(", ")");
      for (SqlNode column : out) {
        writer.sep(",");
        column.unparse(writer, 0, 0);
      }
      writer.endList(frame);
    }
  }

  private static String last(SqlIdentifier identifier) {
    return identifier.names.get(identifier.names.size() - 1);
  }
}
