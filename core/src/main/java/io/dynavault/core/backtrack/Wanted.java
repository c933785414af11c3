// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import java.util.Optional;

/**
 * What an item is to become, and what it has to be for that.
 *
 * @param target what it is to become; empty if there is to be none
 * @param known what it is as far as is known; an item that is not the same is left alone
 * @param keep why it is left alone in any case, for people
 * @param expired whether DynamoDB has removed it meanwhile because it had expired
 */
record Wanted(
    ItemKey key,
    Optional<Item> target,
    Optional<Item> known,
    Optional<String> keep,
    boolean expired) {
  Wanted {
    requireNonNull(key, "key is null");
    requireNonNull(target, "target is null");
    requireNonNull(known, "known is null");
    requireNonNull(keep, "keep is null");
  }
}
