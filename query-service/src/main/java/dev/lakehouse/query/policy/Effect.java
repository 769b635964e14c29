package dev.lakehouse.query.policy;

/** What a policy says of a column. */
sealed interface Effect {
  /** It is seen as it is. */
  record Allow() implements Effect {}

  /** It is not there. */
  record Deny() implements Effect {}

  /** It is there with other values. */
  record Masked(Mask mask) implements Effect {}

  /** It is there, and shows nothing. */
  static Effect nothing() {
    return new Masked(new Mask.Null());
  }

  /** Of two effects the one that tells less. */
  static Effect stricter(Effect one, Effect other) {
    int order = Integer.compare(one.strictness(), other.strictness());
    if (order != 0) {
      return order > 0 ? one : other;
    }
    return one instanceof Masked a && other instanceof Masked b && a.mask.showsMoreThan(b.mask)
        ? other
        : one;
  }

  /** What it is called in policies and answers. */
  default String word() {
    return this instanceof Allow
        ? "allowed"
        : this instanceof Masked masked ? masked.mask.word() : "denied";
  }

  private int strictness() {
    return this instanceof Allow
        ? 0
        : this instanceof Masked masked ? masked.mask.strictness() : Integer.MAX_VALUE;
  }
}
