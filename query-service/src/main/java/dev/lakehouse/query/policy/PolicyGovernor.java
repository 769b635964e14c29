package dev.lakehouse.query.policy;

import dev.lakehouse.query.catalog.Findings;
import dev.lakehouse.query.table.LakeTables;
import java.nio.file.Path;

/** Says what callers may see, by the policies and what is known of columns. */
public final class PolicyGovernor implements Governor {
  private final Policies policies;
  private final LakeTables tables;
  private final Findings findings;
  private final Masks masks;

  /**
   * @param findings read to their end; what is not known there counts as sensitive
   * @param secret file of the salt of hashes; made if it is not there
   */
  public PolicyGovernor(Policies policies, LakeTables tables, Findings findings, Path secret) {
    this.policies = policies;
    this.tables = tables;
    this.findings = findings;
    this.masks = new Masks(Salt.in(secret));
  }

  @Override
  public PolicyView of(String principal) {
    return new PolicyView(policies.state(), principal, tables, findings, masks);
  }
}
