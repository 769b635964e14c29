package dev.lakehouse.ingest.document;

import java.text.Bidi;
import java.text.Normalizer;
import java.util.List;

/** Text that runs from right to left. */
final class Rtl {
  private static final String PAIRS = "()[]{}<>«»‹›";

  private Rtl() {}

  /** How many letters run from right to left, less those that run from left to right. */
  static int balance(CharSequence text) {
    int balance = 0;
    for (int i = 0; i < text.length(); i++) {
      balance +=
          switch (Character.getDirectionality(text.charAt(i))) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
                1;
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> -1;
            default -> 0;
          };
    }
    return balance;
  }

  private static boolean any(CharSequence text) {
    return text.chars()
        .map(Character::getDirectionality)
        .anyMatch(
            way ->
                way == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                    || way == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
  }

  /**
   * The text of a line in the order of reading.
   *
   * @param shapes what stands on the line, from left to right
   */
  static String logical(List<String> shapes) {
    StringBuilder seen = new StringBuilder();
    StringBuilder first = new StringBuilder();
    for (String shape : shapes) {
      seen.append(shape);
      first.append(shape.charAt(0));
    }
    if (!any(first)) {
      return plain(seen);
    }
    // The algorithm that lays a line out is its own inverse where runs do not nest deeply.
    Bidi bidi =
        new Bidi(
            first.toString(),
            balance(first) > 0 ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT);
    byte[] levels = new byte[shapes.size()];
    String[] ordered = new String[levels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) bidi.getLevelAt(i);
      ordered[i] = (levels[i] & 1) == 0 ? shapes.get(i) : mirrored(shapes.get(i));
    }
    Bidi.reorderVisually(levels, 0, ordered, 0, ordered.length);
    return plain(new StringBuilder(String.join("", ordered)));
  }

  private static String mirrored(String shape) {
    int at = shape.length() == 1 ? PAIRS.indexOf(shape.charAt(0)) : -1;
    return at < 0 ? shape : String.valueOf(PAIRS.charAt(at ^ 1));
  }

  /** Ligatures and the forms that letters take inside words become the letters themselves. */
  private static String plain(StringBuilder text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 0xFB00 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFC)) {
        plain.append(Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
