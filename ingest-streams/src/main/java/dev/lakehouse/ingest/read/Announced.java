package dev.lakehouse.ingest.read;

import dev.lakehouse.schemas.event.FileArrived;
import org.apache.kafka.common.TopicPartition;

/** A file, and its place on the topic of announced files. */
record Announced(FileArrived file, TopicPartition partition, long offset) {}
