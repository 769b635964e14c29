/**
 * How tables stay fast, without Flink: small files are merged and deletes applied, file group by
 * file group, with memory that does not grow with the table; snapshots are expired and orphans
 * removed. All of it beside the landing and running queries, and finished after a kill. The runs'
 * topic, the snapshots that queries read and what the landing has done are ports. Start at {@link
 * dev.lakehouse.jobs.maintain.Maintainer}.
 */
@NullMarked
package dev.lakehouse.jobs.maintain;

import org.jspecify.annotations.NullMarked;
