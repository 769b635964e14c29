package dev.lakehouse.query.guard;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions and operators of the dialect. What is not here is refused, so nothing that reads
 * files, settings, the environment or the engine's own catalog may be added.
 */
final class Functions {
  private static final Set<String> AGGREGATES =
      words(
          """
          count sum avg min max stddev stddev_samp stddev_pop variance var_samp var_pop covar_samp
          covar_pop corr regr_slope regr_intercept any_value arbitrary bool_and bool_or every
          max_by min_by approx_distinct approx_count_distinct array_agg listagg string_agg
          percentile_cont percentile_disc median mode bit_and bit_or bit_xor skewness kurtosis
          count_if grouping
          """);

  private static final Set<String> WINDOW =
      words(
          """
          row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value
          nth_value
          """);

  private static final Set<String> MATH =
      words(
          """
          abs sign ceil ceiling floor round truncate mod power pow sqrt cbrt exp ln log log10 log2
          sin cos tan asin acos atan atan2 cot sinh cosh tanh degrees radians pi greatest least
          is_nan is_finite is_infinite random rand
          """);

  private static final Set<String> TEXT =
      words(
          """
          upper lower trim ltrim rtrim length char_length character_length octet_length substring
          substr position strpos replace reverse lpad rpad left right concat concat_ws repeat
          translate starts_with ends_with split split_part regexp_like regexp_replace
          regexp_extract chr ascii md5 sha256 to_hex from_hex levenshtein_distance overlay
          """);

  private static final Set<String> TIME =
      words(
          """
          extract year quarter month week day hour minute second day_of_week dow day_of_year doy
          dayname monthname last_day date_trunc date_part date_diff now current_date current_time
          current_timestamp localtime localtimestamp from_unixtime to_unixtime strftime date_format
          make_date date_add at_timezone
          """);

  private static final Set<String> OTHER =
      words(
          """
          coalesce nullif if ifnull typeof cast try_cast array map cardinality contains
          array_length array_distinct array_sort array_max array_min array_join array_position
          array_contains flatten sequence transform filter any_match all_match map_keys map_values
          map_entries json_extract json_extract_scalar json_value json_array_length
          """);

  private static final Set<String> NAMES =
      Stream.of(AGGREGATES, WINDOW, MATH, TEXT, TIME, OTHER)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** What some functions are called once they are parsed. */
  private static final Set<String> PARSERS_OWN = Set.of(Spellings.DATE_DIFF, "translate3");

  private static final Set<String> OPERATORS =
      Set.of(
          "AND",
          "OR",
          "NOT",
          "=",
          "<>",
          "!=",
          "<",
          "<=",
          ">",
          ">=",
          "+",
          "-",
          "*",
          "/",
          "%",
          "||",
          "IS NULL",
          "IS NOT NULL",
          "IS TRUE",
          "IS NOT TRUE",
          "IS FALSE",
          "IS NOT FALSE",
          "IS DISTINCT FROM",
          "IS NOT DISTINCT FROM",
          "BETWEEN ASYMMETRIC",
          "NOT BETWEEN ASYMMETRIC",
          "LIKE",
          "NOT LIKE",
          "ILIKE",
          "NOT ILIKE",
          "IN",
          "NOT IN",
          "EXISTS",
          "CASE",
          "::",
          "ITEM",
          "ROW",
          "ARRAY",
          "OVER",
          "FILTER",
          "WITHIN GROUP",
          "IGNORE NULLS",
          "RESPECT NULLS",
          "DESC",
          "NULLS FIRST",
          "NULLS LAST",
          "AS",
          "ROLLUP",
          "CUBE",
          "GROUPING SETS",
          "PRECEDING",
          "FOLLOWING",
          "CURRENT ROW",
          "UNBOUNDED PRECEDING",
          "UNBOUNDED FOLLOWING",
          "= SOME",
          "<> SOME",
          "< SOME",
          "<= SOME",
          "> SOME",
          ">= SOME",
          "= ALL",
          "<> ALL",
          "< ALL",
          "<= ALL",
          "> ALL",
          ">= ALL");

  private Functions() {}

  static boolean isFunction(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || PARSERS_OWN.contains(lower);
  }

  static boolean isAggregate(String name) {
    return AGGREGATES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** All names, for the proof that the documentation has each. */
  static Set<String> names() {
    return NAMES;
  }

  static boolean isOperator(String name) {
    return OPERATORS.contains(name);
  }

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+", -1));
  }
}
