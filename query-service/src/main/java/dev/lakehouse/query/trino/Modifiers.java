package dev.lakehouse.query.trino;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around an aggregate's or a window function's name.
 *
 * @param order of the rows that it takes, each item written
 * @param filter what rows must fulfil
 * @param over its window
 */
record Modifiers(
    boolean distinct,
    List<Sql> order,
    @Nullable Sql filter,
    boolean ignoreNulls,
    @Nullable Sql over) {

  boolean isWindow() {
    return over != null;
  }

  /** The same over only those rows that fulfil a condition too. */
  Modifiers where(Sql condition) {
    Sql both = filter == null ? condition : Sql.of("(% AND %)", filter, condition);
    return new Modifiers(distinct, order, both, ignoreNulls, over);
  }

  Modifiers plain() {
    return new Modifiers(false, List.of(), filter, ignoreNulls, over);
  }

  Modifiers unordered() {
    return new Modifiers(distinct, List.of(), filter, ignoreNulls, over);
  }

  /**
   * A call with all of it.
   *
   * @param nullable which argument's null makes the function pass a row over; Trino has no filters
   *     in windows
   */
  Sql call(String function, int nullable, Sql... arguments) {
    List<Sql> written = new ArrayList<>(List.of(arguments));
    if (filter != null && over != null) {
      Sql counted = written.isEmpty() ? Sql.number(1) : written.get(nullable);
      Sql some = Sql.of("IF(%, %)", filter, counted);
      if (written.isEmpty()) {
        written.add(some);
      } else {
        written.set(nullable, some);
      }
    }
    Sql inside =
        written.isEmpty() && function.equals("count")
            ? new Sql.Words("*")
            : Sql.joined(", ", written);
    Sql call =
        Sql.of(
            function + (distinct ? "(DISTINCT %%)" : "(%%)"),
            inside,
            order.isEmpty() ? new Sql.Words("") : Sql.of(" ORDER BY %", Sql.joined(", ", order)));
    if (filter != null && over == null) {
      call = Sql.of("% FILTER (WHERE %)", call, filter);
    }
    if (ignoreNulls) {
      call = Sql.of("% IGNORE NULLS", call);
    }
    return over == null ? call : Sql.of("% OVER %", call, over);
  }
}
