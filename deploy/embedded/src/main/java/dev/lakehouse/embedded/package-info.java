/**
 * The parts that a cluster would give, for one machine: a Kafka broker in this process and a schema
 * registry as its child. {@code deploy/local} runs them for the product, the rooms' tests run them
 * as the real thing to test against, and a Flink cluster and a Trino server beside them. Knows only
 * {@code schemas}.
 */
@NullMarked
package dev.lakehouse.embedded;

import org.jspecify.annotations.NullMarked;
