// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.cli.command.KeySchemaConverter;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.restore.ConflictPolicy;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.format.item.KeySchema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a restore writes to, and what the table shall have other than it had. */
final class TargetOptions {
  private static final String TEST_PREFIX = "dynavault-restore-test-";

  @Mixin private TargetNames names = new TargetNames();

  @Option(
      names = "--on-conflict",
      paramLabel = "POLICY",
      description = {
        "allow a table that exists, and say what to do with its items:",
        "empty: refuse unless there are none; overwrite: replace those of the same key;"
            + " skip: leave those of the same key; fail: refuse if any key is there;"
            + " identical: make the table equal, deleting what is not in the recovery point;"
            + " clear: delete all first"
      })
  private @Nullable Policy onConflict;

  @Option(
      names = "--key-schema",
      paramLabel = "KEY",
      converter = KeySchemaConverter.class,
      description = "key of the table for an export without a record, such as pk:S,sk:N")
  private @Nullable KeySchema keySchema;

  @Mixin private NewTableOptions newTable = new NewTableOptions();

  @Option(
      names = "--test",
      description = {
        "try whether the tables can be restored: each under a name that begins with",
        "dynavault-restore-test-, on demand and without indexes where this tool restores it; read"
            + " it back (--validate=all), and delete it again if it is as it should be"
      })
  private boolean test;

  /** What {@code --on-conflict} takes. */
  enum Policy {
    EMPTY(ConflictPolicy.REQUIRE_EMPTY),
    OVERWRITE(ConflictPolicy.OVERWRITE),
    SKIP(ConflictPolicy.SKIP),
    FAIL(ConflictPolicy.FAIL),
    IDENTICAL(ConflictPolicy.MAKE_IDENTICAL),
    CLEAR(ConflictPolicy.CLEAR);

    private final ConflictPolicy policy;

    Policy(ConflictPolicy policy) {
      this.policy = policy;
    }
  }

  /** The policy for a table that exists; empty where none may. */
  Optional<ConflictPolicy> onConflict() {
    return Optional.ofNullable(onConflict).map(policy -> policy.policy);
  }

  /** The name of the restored table, as {@link TargetNames#nameFor} finds it. */
  String nameFor(String table) {
    String name = names.nameFor(table);
    return test && name.equals(table) ? TEST_PREFIX + table : name;
  }

  /** Whether tables are restored to see that they can be, and deleted again. */
  boolean isTest() {
    return test;
  }

  /** The name of the table that an export without a record is restored to. */
  String nameForExport(List<String> tables) {
    if (names.given().isPresent()) {
      return names.given().get();
    }
    if (tables.size() == 1) {
      return tables.get(0);
    }
    throw new DynavaultException(
        ErrorCode.USAGE,
        "unable to restore an export: no table is named",
        "name the table to restore to with --target-table");
  }

  /**
   * Fails if {@code --key-schema} says something else than the table that is there.
   *
   * @throws DynavaultException {@code KEY_SCHEMA_MISMATCH}
   */
  void requireKeysOf(TableDefinition table) {
    if (keySchema != null && !keySchema.equals(table.keySchema())) {
      throw new DynavaultException(
          ErrorCode.KEY_SCHEMA_MISMATCH,
          "unable to restore to table '%s': its key is not that of --key-schema"
              .formatted(table.tableName()),
          "leave --key-schema out to use the table's own");
    }
  }

  /** Whether anything is asked for that only a new table can get. */
  boolean changesNewTables() {
    return !newTable.overrides().equals(TableOverrides.none());
  }

  void requireSeveralAllowed() {
    names.requireSeveralAllowed();
  }

  /** A definition of what is known of the table of an export without a record. */
  Optional<TableDefinition> definitionForExport(String table) {
    return Optional.ofNullable(keySchema).map(keys -> TableDefinition.onDemand(table, keys));
  }

  /** The table to create. */
  TableDefinition newTable(String name, TableDefinition original) {
    return test
        ? TableDefinition.onDemand(name, original.keySchema())
        : newTable.overrides().withTableName(name).apply(original);
  }

  /** What the new table shall have other than it had. */
  TableOverrides overrides() {
    return test ? newTable.overrides().withoutDeletionProtection() : newTable.overrides();
  }

  /** Whether a key schema is given, which only an export without a record needs. */
  boolean hasKeySchema() {
    return keySchema != null;
  }
}
