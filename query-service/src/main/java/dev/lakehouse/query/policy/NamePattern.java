package dev.lakehouse.query.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names that a policy is about: one, or all that have some beginning, middle or end. */
final class NamePattern {
  private static final String ANY = "*";

  private final String text;
  private final Pattern pattern;

  NamePattern(String text) {
    this.text = text.toLowerCase(Locale.ROOT);
    this.pattern =
        Pattern.compile(
            Arrays.stream(this.text.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")),
            Pattern.DOTALL);
  }

  /**
   * Whether it is about a name.
   *
   * @param name in lower case
   */
  boolean matches(String name) {
    return isExact() ? text.equals(name) : isAny() || pattern.matcher(name).matches();
  }

  boolean isExact() {
    return text.indexOf('*') < 0;
  }

  boolean isAny() {
    return text.equals(ANY);
  }

  /** What is said of fewer names counts before what is said of more. */
  int closeness() {
    return isExact() ? Integer.MAX_VALUE : text.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
