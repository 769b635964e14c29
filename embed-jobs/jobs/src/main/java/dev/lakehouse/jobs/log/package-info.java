/**
 * The ports of {@code land} and {@code maintain} on Kafka: the log read again, the quarantine topic
 * and the status topic; the topic of runs and that of snapshots which queries read. Start at {@link
 * dev.lakehouse.jobs.log.KafkaLogReader}.
 */
@NullMarked
package dev.lakehouse.jobs.log;

import org.jspecify.annotations.NullMarked;
