// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableSettings;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The table of an export without a record, of which only the key is known. */
final class ExportTable {

  private ExportTable() {}

  /** An on-demand table with this key and nothing else. */
  static TableDefinition definition(String name, KeySchema keys) {
    List<KeyAttribute> attributes = new ArrayList<>(List.of(keys.partitionKey()));
    keys.sortKey().ifPresent(attributes::add);
    return new TableDefinition(
        name,
        "",
        "",
        keys,
        attributes,
        List.of(),
        List.of(),
        BillingMode.PAY_PER_REQUEST,
        Optional.empty(),
        Optional.empty(),
        settings());
  }

  private static TableSettings settings() {
    return new TableSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Map.of(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
