/**
 * The tour: the files, events and records that the program ships, put in by every door, and the
 * questions whose answers are known. Talks to the lakehouse as anybody would, over HTTP and Kafka.
 * Start at {@link dev.lakehouse.local.demo.Demo}.
 */
@NullMarked
package dev.lakehouse.local.demo;

import org.jspecify.annotations.NullMarked;
