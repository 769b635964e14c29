/**
 * The ports of {@code land} on Kafka: the log read again, the quarantine topic and the status
 * topic. Start at {@link dev.lakehouse.jobs.log.KafkaLogReader}.
 */
@NullMarked
package dev.lakehouse.jobs.log;

import org.jspecify.annotations.NullMarked;
