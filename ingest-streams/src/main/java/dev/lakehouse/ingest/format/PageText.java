package dev.lakehouse.ingest.format;

import java.util.Map;

/**
 * A page of a document, or a message: text that people search.
 *
 * @param page its number in the file, from 1
 * @param text in reading order
 * @param language ISO 639-1 code, or the empty string where nobody can tell
 * @param metadata what the document says of itself, such as its title and author
 */
public record PageText(int page, String text, String language, Map<String, String> metadata) {
  public PageText {
    metadata = Map.copyOf(metadata);
  }
}
