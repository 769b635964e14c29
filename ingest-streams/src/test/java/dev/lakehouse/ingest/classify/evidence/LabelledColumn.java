package dev.lakehouse.ingest.classify.evidence;

import dev.lakehouse.schemas.event.PersonalKind;
import java.util.List;

/**
 * A made-up column.
 *
 * @param heldOut whether its formats were left aside while the rules were made
 */
record LabelledColumn(String name, PersonalKind kind, boolean heldOut, List<String> values) {}
