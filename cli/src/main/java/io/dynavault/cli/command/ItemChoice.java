// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.expression.ExpiryRule;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.restore.ItemsFingerprint;
import io.dynavault.format.item.KeySchema;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How commands are told which items of a recovery point are meant. */
public final class ItemChoice {
  @Mixin private ItemMatch match = new ItemMatch();

  @Option(names = "--drop-expired", description = "leave out items whose time to live is over")
  private boolean dropExpired;

  /** Whether anything is left out. */
  public boolean isUsed() {
    return match.isUsed() || dropExpired;
  }

  /**
   * The selection for a table.
   *
   * @param timeToLiveAttribute the table's, where TTL is on
   * @throws DynavaultException {@code FILTER_INVALID} or {@code USAGE}
   */
  public ItemSelection selection(
      KeySchema schema, Optional<String> timeToLiveAttribute, Instant now) {
    return living(match.selection(schema), timeToLiveAttribute, now);
  }

  /** The selection for a table whose key is not known. */
  public ItemSelection selectionWithoutKeys(Optional<String> timeToLiveAttribute, Instant now) {
    return living(match.selectionWithoutKeys(), timeToLiveAttribute, now);
  }

  /** Takes the choice into a fingerprint. Keys are the same choice in any order. */
  public void addTo(ItemsFingerprint fingerprint) {
    match.addTo(fingerprint);
    if (dropExpired) {
      fingerprint.add("expired", "");
    }
  }

  private ItemSelection living(
      ItemSelection selection, Optional<String> timeToLiveAttribute, Instant now) {
    if (!dropExpired) {
      return selection;
    }
    String attribute =
        timeToLiveAttribute.orElseThrow(
            () -> ItemMatch.usage("--drop-expired needs a table with time to live"));
    return selection.withoutExpired(new ExpiryRule(attribute, now));
  }
}
