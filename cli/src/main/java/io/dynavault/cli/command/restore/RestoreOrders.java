// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.restore.ManagedRestoreRequest;
import java.util.List;

/**
 * All that a command restores: by this engine or by AWS, never both.
 *
 * @param managed what AWS restores
 * @param closer closes what the orders are read from
 */
record RestoreOrders(List<RestoreOrder> list, List<ManagedRestoreRequest> managed, Runnable closer)
    implements AutoCloseable {
  RestoreOrders {
    list = List.copyOf(list);
    managed = List.copyOf(managed);
    requireNonNull(closer, "closer is null");
  }

  @Override
  public void close() {
    closer.run();
  }
}
