/**
 * How a row is landed exactly once, without Flink: a {@link dev.lakehouse.jobs.land.TableWriter}
 * turns records of one dataset into data files with the offsets they cover, the {@link
 * dev.lakehouse.jobs.land.OffsetLedger} commits them by compare-and-set on what the table says it
 * has read, and the {@link dev.lakehouse.jobs.land.Committer} decides for each table what to do
 * when the two disagree. The log, the quarantine and the status topic are ports. Uses {@code
 * convert}; start at {@link dev.lakehouse.jobs.land.Committer}.
 */
@NullMarked
package dev.lakehouse.jobs.land;

import org.jspecify.annotations.NullMarked;
