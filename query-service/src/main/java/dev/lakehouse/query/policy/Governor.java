package dev.lakehouse.query.policy;

/** Says what callers may see. Safe for use by many threads. */
@FunctionalInterface
public interface Governor {
  /** Everybody sees everything: authentication is off. */
  Governor OPEN = principal -> View.OPEN;

  /** What a principal sees, under the policies of this moment; to be asked once for a request. */
  View of(String principal);
}
