/**
 * API keys: made, shown once, kept as keyed hashes in {@code auth/} of the data directory, rotated,
 * revoked. May use the HTTP contracts of schemas alone. Start at {@link
 * dev.lakehouse.query.key.ApiKeys}.
 */
@NullMarked
package dev.lakehouse.query.key;

import org.jspecify.annotations.NullMarked;
