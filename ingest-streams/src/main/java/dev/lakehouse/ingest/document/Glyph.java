package dev.lakehouse.ingest.document;

/**
 * A character, or a few that are one shape, where it stands on its page. Coordinates are in points
 * along the direction of writing; y grows downwards.
 *
 * @param x left edge
 * @param y baseline
 * @param em height of its font
 * @param space width of a space in its font
 * @param text in Unicode; white space only for a space
 * @param direction which way it is written: 0, 90, 180 or 270 degrees
 */
record Glyph(float x, float y, float width, float em, float space, String text, int direction) {
  float end() {
    return x + width;
  }

  boolean blank() {
    return text.isBlank();
  }
}
