package dev.lakehouse.query.key;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept and listed: all but the key.
 *
 * @param principal whose it is
 * @param expiresAt from when on it is nobody's; null for never
 * @param revokedAt since when it is nobody's; null if it was not revoked
 * @param lastUsedAt to within an hour; null if it was never used
 */
record KeyEntry(
    String id,
    String principal,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt,
    @Nullable Instant lastUsedAt) {
  boolean isValid(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** {@code active}, {@code expired} or {@code revoked}. */
  String state(Instant now) {
    return revokedAt != null ? "revoked" : isValid(now) ? "active" : "expired";
  }

  KeyEntry expiringAt(Instant time) {
    return new KeyEntry(id, principal, createdAt, createdBy, time, revokedAt, lastUsedAt);
  }
}
