// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.format.item.Item;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How a restore is done.
 *
 * @param workers write requests in flight at the same time
 * @param writeCapacity share of the table's write capacity; empty takes the default for the table
 * @param readCapacity share of the table's read capacity, where the table has to be read; empty
 *     takes the default for the table
 * @param selection which items are restored
 * @param transform what is changed in every item on the way, such as masking; empty leaves the
 *     bytes as they are
 * @param choice fingerprint of what the selection and the transform were made from, by which a
 *     resumed restore is known to be the same; see {@link ItemsFingerprint}
 */
public record RestoreOptions(
    int workers,
    Optional<CapacityBudget> writeCapacity,
    Optional<CapacityBudget> readCapacity,
    ItemSelection selection,
    Optional<UnaryOperator<Item>> transform,
    String choice) {
  public RestoreOptions {
    if (workers < 1 || workers > 1_000) {
      throw new IllegalArgumentException("workers out of range 1 to 1000: " + workers);
    }
    requireNonNull(writeCapacity, "writeCapacity is null");
    requireNonNull(readCapacity, "readCapacity is null");
    requireNonNull(selection, "selection is null");
    requireNonNull(transform, "transform is null");
    requireNonNull(choice, "choice is null");
  }
}
