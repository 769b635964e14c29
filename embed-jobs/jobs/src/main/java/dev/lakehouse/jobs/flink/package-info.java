/**
 * The thin layer between Flink and {@code land}: which topics are read and from where, when a batch
 * is cut, and the one committer. Start at {@link dev.lakehouse.jobs.flink.WriteOperator}.
 */
@NullMarked
package dev.lakehouse.jobs.flink;

import org.jspecify.annotations.NullMarked;
