// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import io.dynavault.core.load.LoadSource;
import java.util.List;

/** Files to import. */
record OpenSources(List<LoadSource> list) implements AutoCloseable {
  OpenSources {
    list = List.copyOf(list);
  }

  @Override
  public void close() {
    list.forEach(LoadSource::close);
  }
}
