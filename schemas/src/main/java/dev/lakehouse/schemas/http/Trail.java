package dev.lakehouse.schemas.http;

import dev.lakehouse.schemas.event.AuditRecord;

/** Keeps what was done and what was refused. Safe for use by many threads. */
public interface Trail {
  /** Keeps nothing: for parts that are not the product. */
  Trail NONE =
      new Trail() {
        @Override
        public void admit(AuditRecord record) {}

        @Override
        public void tell(AuditRecord record) {}
      };

  /**
   * Returns once the record is kept for good.
   *
   * @throws ProblemException 503 {@code audit_unavailable} if it cannot be; then nothing may be
   *     answered
   */
  void admit(AuditRecord record);

  /** Keeps the record as soon as may be; does not wait, and does not fail. */
  void tell(AuditRecord record);
}
