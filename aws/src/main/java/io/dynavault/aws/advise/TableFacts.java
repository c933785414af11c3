// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.advise;

import static java.util.Objects.requireNonNull;

/** What a table, its endpoint and the vault offer. */
public record TableFacts(
    String tableName, Recovery recovery, Offer onDemand, VaultPlace vaultPlace) {

  /** Point-in-time recovery of the table. */
  public enum Recovery {
    ON,
    OFF,
    /** The endpoint does not know it. */
    NOT_OFFERED,
    /** The credentials may not ask. */
    NOT_ALLOWED
  }

  /** On-demand backups. */
  public enum Offer {
    OFFERED,
    /** The endpoint does not know them. */
    NOT_OFFERED,
    /** The credentials may not ask. */
    NOT_ALLOWED
  }

  /** Where the vault is. */
  public enum VaultPlace {
    S3,
    ELSEWHERE
  }

  public TableFacts {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(recovery, "recovery is null");
    requireNonNull(onDemand, "onDemand is null");
    requireNonNull(vaultPlace, "vaultPlace is null");
  }
}
