/**
 * The jobs: topics become tables. {@link dev.lakehouse.jobs.LandJob} adds the landing to a Flink
 * environment, {@link dev.lakehouse.jobs.LandingHealth} tells from outside whether it does its
 * work. What landing is, is in {@code land}; Flink is only in this package and in {@code flink}.
 */
@NullMarked
package dev.lakehouse.jobs;

import org.jspecify.annotations.NullMarked;
