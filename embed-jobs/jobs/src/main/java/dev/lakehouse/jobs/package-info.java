/**
 * The jobs: topics become tables. {@link dev.lakehouse.jobs.LandJob} adds the landing to a Flink
 * environment, {@link dev.lakehouse.jobs.LandingHealth} tells from outside whether it does its
 * work; {@link dev.lakehouse.jobs.MaintainJob} keeps the tables fast. What landing is, is in {@code
 * land}, and what upkeep is, in {@code maintain}; Flink is only in this package and in {@code
 * flink}.
 */
@NullMarked
package dev.lakehouse.jobs;

import org.jspecify.annotations.NullMarked;
