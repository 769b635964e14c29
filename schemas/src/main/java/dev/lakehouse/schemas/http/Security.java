package dev.lakehouse.schemas.http;

import dev.lakehouse.schemas.access.Access;
import dev.lakehouse.schemas.config.AuthConfig;

/**
 * Whom a server lets in, and what they may do there.
 *
 * @param auth whether a request needs a key; the keys that the configuration names
 * @param keys all others
 * @param access what each principal may do; while keys are off everything is allowed
 * @param trail keeps who did what
 */
public record Security(AuthConfig auth, Keys keys, Access access, Trail trail) {
  /** The keys of the configuration; who has one may do everything. */
  public static Security of(AuthConfig auth) {
    return new Security(auth, Keys.NONE, Access.OPEN, Trail.NONE);
  }

  /** The same with keys from elsewhere. */
  public Security with(Keys others) {
    return new Security(auth, others, access, trail);
  }

  /** The same with somebody who decides. */
  public Security with(Access decides) {
    return new Security(auth, keys, decides, trail);
  }

  /** The same with somebody who keeps what is done. */
  public Security with(Trail kept) {
    return new Security(auth, keys, access, kept);
  }

  Keys all() {
    return new ConfiguredKeys(auth.keys()).or(keys);
  }

  Permit permit(String principal, Audited audited) {
    return new Permit(auth.enabled() ? access : Access.OPEN, principal, audited);
  }
}
