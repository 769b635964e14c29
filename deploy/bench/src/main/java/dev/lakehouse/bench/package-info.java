/**
 * Measures the product from outside, as a process of its own, beside its peers in the same run, and
 * prints ratios. Start at {@link dev.lakehouse.bench.Bench}.
 */
@NullMarked
package dev.lakehouse.bench;

import org.jspecify.annotations.NullMarked;
