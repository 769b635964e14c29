package dev.lakehouse.ingest.format;

/**
 * Why a row cannot become a record.
 *
 * @param code for programs: {@code misfit}, {@code ragged}, {@code too_large}, …
 * @param reason for people: where, what and why
 */
public record Misfit(String code, String reason) {}
