// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * All that a command restores.
 *
 * @param closer closes what the orders are read from
 */
record RestoreOrders(List<RestoreOrder> list, Runnable closer) implements AutoCloseable {
  RestoreOrders {
    list = List.copyOf(list);
    requireNonNull(closer, "closer is null");
  }

  @Override
  public void close() {
    closer.run();
  }
}
