/**
 * The thin layer between Flink and {@code land}: which topics are read and from where, when a batch
 * is cut, and the one committer; and between Flink and {@code maintain}. Start at {@link
 * dev.lakehouse.jobs.flink.WriteOperator} and {@link dev.lakehouse.jobs.flink.MaintainOperator}.
 */
@NullMarked
package dev.lakehouse.jobs.flink;

import org.jspecify.annotations.NullMarked;
