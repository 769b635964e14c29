package dev.lakehouse.local.process;

/**
 * How far one dataset's landing is.
 *
 * @param recorded next offset of each partition, as its table has it ({@code 0:17,1:5})
 * @param end the topic's ends, in the same form
 * @param behind records that are not in the table yet
 * @param state {@code running}, or the code of what stopped it
 * @param reason why it stopped; empty while it runs
 */
public record DatasetStatus(
    String dataset, String recorded, String end, long behind, String state, String reason) {}
