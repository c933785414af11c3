// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static java.util.Objects.requireNonNull;

import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;

/**
 * What goes wrong in one run of the program.
 *
 * @param vault with the store of the vault
 * @param otherVault with the store of the vault that is copied to
 * @param items with reading and writing items
 * @param tables with describing and creating tables
 */
public record ProcessFaults(Faults vault, Faults otherVault, Faults items, Faults tables) {
  public ProcessFaults {
    requireNonNull(vault, "vault is null");
    requireNonNull(otherVault, "otherVault is null");
    requireNonNull(items, "items is null");
    requireNonNull(tables, "tables is null");
  }

  /** Where a call goes to. */
  public enum Place {
    VAULT,
    OTHER_VAULT,
    ITEMS,
    TABLES
  }

  public static ProcessFaults none() {
    return new ProcessFaults(Faults.none(), Faults.none(), Faults.none(), Faults.none());
  }

  /** These faults at one place and none at the others. */
  public static ProcessFaults at(Place place, Faults faults) {
    return new ProcessFaults(
        place == Place.VAULT ? faults : Faults.none(),
        place == Place.OTHER_VAULT ? faults : Faults.none(),
        place == Place.ITEMS ? faults : Faults.none(),
        place == Place.TABLES ? faults : Faults.none());
  }

  /** One call at one place. */
  public static ProcessFaults at(Place place, int number, Fault fault) {
    return at(place, Faults.at(number, fault));
  }
}
