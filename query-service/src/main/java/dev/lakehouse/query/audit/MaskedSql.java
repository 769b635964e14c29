package dev.lakehouse.query.audit;

/**
 * A statement as it may be kept: every literal is {@code ?}, and comments are gone. What cannot be
 * told from a literal is one: from a backslash in a text on, or from a text that does not end, all
 * of the rest is masked.
 */
public final class MaskedSql {
  private static final int LONGEST = 4_000;

  private final String sql;
  private final boolean understood;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private MaskedSql(String sql, boolean understood) {
    this.sql = sql;
    this.understood = understood;
  }

  /**
   * Masks a statement.
   *
   * @param understood whether it was parsed; of others, what stands in double quotes might be meant
   *     as a value, and is masked too
   */
  public static String of(String sql, boolean understood) {
    return new MaskedSql(sql, understood).masked();
  }

  private String masked() {
    while (at < sql.length() && out.length() < LONGEST) {
      step();
    }
    if (at < sql.length()) {
      out.append('…');
    }
    return out.toString().strip();
  }

  private void step() {
    char c = sql.charAt(at);
    if (c == '\'') {
      text();
    } else if (c == '"' || c == '`') {
      name(c);
    } else if (c == '$' && !Character.isJavaIdentifierPart(before())) {
      rest();
    } else if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length() : end;
    } else if (sql.startsWith("/*", at)) {
      int end = sql.indexOf("*/", at + 2);
      at = end < 0 ? sql.length() : end + 2;
      out.append(' ');
    } else if (Character.isDigit(c) && !Character.isJavaIdentifierPart(before())) {
      number();
    } else {
      out.append(c);
      at++;
    }
  }

  private char before() {
    return at == 0 ? ' ' : sql.charAt(at - 1);
  }

  private void text() {
    int end = end('\'');
    if (end < 0 || sql.substring(at, end).indexOf('\\') >= 0) {
      rest();
    } else {
      out.append('?');
      at = end;
    }
  }

  private void name(char quote) {
    int end = end(quote);
    if (end < 0) {
      rest();
    } else {
      out.append(understood ? sql.substring(at, end) : "?");
      at = end;
    }
  }

  /** Behind the quote that ends what begins here, or -1; a quote twice is one of the text. */
  private int end(char quote) {
    for (int i = at + 1; i < sql.length(); i++) {
      if (sql.charAt(i) == quote) {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
          i++;
        } else {
          return i + 1;
        }
      }
    }
    return -1;
  }

  private void number() {
    while (at < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(at))
            || sql.charAt(at) == '.'
            || sql.charAt(at) == '_')) {
      at++;
    }
    out.append('?');
  }

  private void rest() {
    out.append("?…");
    at = sql.length();
  }
}
