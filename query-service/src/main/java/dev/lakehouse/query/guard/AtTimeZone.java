package dev.lakehouse.query.guard;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock's reading in a zone at a moment, written {@code x AT TIME ZONE 'z'} or {@code
 * at_timezone(x, 'z')}. A moment without a zone counts in the query's own zone.
 */
public record AtTimeZone(SqlNode moment, SqlNode zone) {

  /** What the call says, or null if it says something else. */
  public static @Nullable AtTimeZone of(SqlCall call) {
    String name = call.getOperator().getName();
    if (name.equalsIgnoreCase("at_timezone") && call.operandCount() == 2) {
      return new AtTimeZone(call.operand(0), call.operand(1));
    }
    if (name.equals("ITEM")
        && call.operandCount() == 2
        && call.operand(1) instanceof SqlCall zone
        && zone.getOperator().getName().equals(Spellings.ZONED)
        && zone.operandCount() == 1) {
      return new AtTimeZone(call.operand(0), zone.operand(0));
    }
    return null;
  }
}
