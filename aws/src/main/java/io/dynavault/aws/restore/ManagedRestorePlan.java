// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;
import java.util.List;
import java.util.Optional;

/**
 * A restore that AWS is going to make.
 *
 * @param wanted the table that it shall be in the end; empty where nobody knows its settings
 * @param notes what is worth knowing, one sentence each
 */
public record ManagedRestorePlan(
    ManagedRestoreRequest request,
    SourceTable source,
    CallOverrides overrides,
    Optional<TableDefinition> wanted,
    List<String> notes) {
  public ManagedRestorePlan {
    requireNonNull(request, "request is null");
    requireNonNull(source, "source is null");
    requireNonNull(overrides, "overrides is null");
    requireNonNull(wanted, "wanted is null");
    notes = List.copyOf(notes);
  }

  public String tableName() {
    return request.tableName();
  }

  /** Items by AWS's count of some hours before; 0 where it was not counted yet. */
  public long estimatedItems() {
    return source.itemCount();
  }

  /** Bytes, as {@link #estimatedItems}. */
  public long estimatedBytes() {
    return source.sizeBytes();
  }

  /** Id of the table that is restored; no later one of its name has it. */
  public String sourceTableId() {
    return source.tableId();
  }
}
