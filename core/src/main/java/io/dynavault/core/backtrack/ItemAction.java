// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.write.ItemSwap;
import io.dynavault.format.item.ItemKey;
import java.util.Optional;

/**
 * What is done, or would be done, with one item that is not what it is to become.
 *
 * @param swap what it is and what it becomes, where something is done
 * @param reason why nothing is done, for people; empty where something is
 */
public record ItemAction(ItemKey key, Kind kind, Optional<ItemSwap> swap, String reason) {
  public ItemAction {
    requireNonNull(key, "key is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(swap, "swap is null");
    requireNonNull(reason, "reason is null");
  }

  /** What is done. */
  public enum Kind {
    PUT,
    REPLACE,
    DELETE,
    /** Left alone: somebody else has changed it. */
    CHANGED,
    /** Left as it is: the server refuses what it was. */
    REFUSED
  }

  static ItemAction of(ItemSwap swap) {
    Kind kind =
        switch (swap.kind()) {
          case PUT -> Kind.PUT;
          case REPLACE -> Kind.REPLACE;
          case DELETE -> Kind.DELETE;
        };
    return new ItemAction(swap.key(), kind, Optional.of(swap), "");
  }

  static ItemAction changed(ItemKey key, String reason) {
    return new ItemAction(key, Kind.CHANGED, Optional.empty(), reason);
  }

  static ItemAction refused(ItemKey key, String reason) {
    return new ItemAction(key, Kind.REFUSED, Optional.empty(), reason);
  }
}
