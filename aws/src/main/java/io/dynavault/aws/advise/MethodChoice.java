// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.advise;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.advise.TableFacts.Offer;
import io.dynavault.aws.advise.TableFacts.Recovery;
import io.dynavault.aws.advise.TableFacts.VaultPlace;
import io.dynavault.core.vault.Method;

/**
 * The method that {@code --method auto} takes, and why.
 *
 * @param reason what follows "because", in lower case without full stop
 */
public record MethodChoice(Method method, String reason) {
  public MethodChoice {
    requireNonNull(method, "method is null");
    requireNonNull(reason, "reason is null");
  }

  /**
   * Decides: a scan where the endpoint is not AWS's or the vault is not in S3, for then nothing
   * else puts the items into it; an export where point-in-time recovery is on; an on-demand backup
   * where AWS offers it; else a scan.
   */
  public static MethodChoice of(TableFacts facts) {
    if (facts.recovery() == Recovery.NOT_OFFERED && facts.onDemand() == Offer.NOT_OFFERED) {
      return new MethodChoice(Method.SCAN, "the endpoint has none of AWS's own backups");
    }
    if (facts.vaultPlace() != VaultPlace.S3) {
      return new MethodChoice(
          Method.SCAN, "the vault is not in S3, and only a scan puts the items into it");
    }
    if (facts.recovery() == Recovery.ON) {
      return new MethodChoice(
          Method.EXPORT,
          "point-in-time recovery is on and the vault is in S3: AWS exports one moment of the"
              + " table and reads nothing from its capacity");
    }
    String recovery =
        switch (facts.recovery()) {
          case NOT_OFFERED -> "the endpoint has no point-in-time recovery";
          case NOT_ALLOWED -> "these credentials may not see point-in-time recovery";
          case OFF, ON -> "point-in-time recovery is off";
        };
    if (facts.onDemand() == Offer.OFFERED) {
      return new MethodChoice(
          Method.ON_DEMAND,
          recovery + ", and an on-demand backup reads nothing from the table's capacity");
    }
    return new MethodChoice(
        Method.SCAN,
        recovery
            + (facts.onDemand() == Offer.NOT_ALLOWED
                ? ", and these credentials may not see on-demand backups"
                : ", and it has no on-demand backups"));
  }
}
