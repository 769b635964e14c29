package dev.lakehouse.ingest.format;

/**
 * A page of a document, or a message: text that people search.
 *
 * @param page its number in the file, from 1
 * @param text in reading order
 * @param language ISO 639-1 code, or the empty string where nobody can tell
 */
public record PageText(int page, String text, String language) {}
