package dev.lakehouse.schemas.name;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a dataset: {@code [a-z][a-z0-9_]{0,99}}, the same in topic, subject, table and URL.
 *
 * @param value the name
 */
public record DatasetName(String value) {
  private static final Pattern LEGAL = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final Pattern EXTENSION = Pattern.compile("(?<=.)\\.[A-Za-z0-9]{1,8}$");
  private static final int LONGEST = 100;

  /**
   * @throws IllegalArgumentException if the name is not legal; the message says the rule
   */
  public DatasetName {
    if (!isLegal(value)) {
      throw new IllegalArgumentException(
          "'"
              + value
              + "' is not a dataset name: it starts with a letter a-z and has at most 100 of a-z,"
              + " 0-9 and _");
    }
  }

  /** Whether the text is a legal dataset name as it stands. */
  public static boolean isLegal(String text) {
    return LEGAL.matcher(text).matches();
  }

  /**
   * Maps any text to a legal name: accents are dropped, letters lowered, each run of other
   * characters becomes one underscore, underscores at the ends go, a name that does not start with
   * a letter gets {@code d_} in front, and what is longer than 100 is cut.
   *
   * @throws IllegalArgumentException if nothing of the text is left
   */
  public static DatasetName from(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    String name =
        plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "no dataset name can be made of '" + text + "': it has none of a-z and 0-9");
    }
    if (!Character.isLetter(name.charAt(0))) {
      name = "d_" + name;
    }
    return new DatasetName(name.length() > LONGEST ? name.substring(0, LONGEST) : name);
  }

  /** Maps a file's name, without its folders and extensions, by the rule of {@link #from}. */
  public static DatasetName fromFile(String fileName) {
    String name =
        fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    String bare = EXTENSION.matcher(EXTENSION.matcher(name).replaceFirst("")).replaceFirst("");
    return from(bare);
  }

  @Override
  public String toString() {
    return value;
  }
}
