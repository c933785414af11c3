// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import io.dynavault.aws.imports.ImportRequest.Beginning;
import io.dynavault.cli.command.KeySchemaConverter;
import io.dynavault.cli.command.restore.AwsImportOptions;
import io.dynavault.cli.command.restore.NewTableOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.format.export.Compression;
import io.dynavault.format.item.KeySchema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an import by AWS is told of the table that it makes. */
final class TableImportOptions {
  @Option(
      names = "--via",
      paramLabel = "write|import-table",
      description =
          "write: write the items into a table that exists (default); import-table: have AWS make a"
              + " new table of files in S3, without write capacity")
  private Via via = Via.WRITE;

  @Option(
      names = "--key-schema",
      paramLabel = "KEY",
      converter = KeySchemaConverter.class,
      description = "with --via import-table: key of the new table, such as pk:S,sk:N")
  private @Nullable KeySchema keySchema;

  @Option(
      names = "--like",
      paramLabel = "TABLE",
      description =
          "with --via import-table: make the new table like this one: key, global indexes, capacity"
              + " and settings")
  private @Nullable String like;

  @Option(
      names = "--compression",
      paramLabel = "none|gzip|zstd",
      description = "with --via import-table: of all files; without it told by their names")
  private @Nullable Compression compression;

  @Option(
      names = "--resume",
      description =
          "with --via import-table: wait for the import that was begun before, then put the"
              + " settings back")
  private boolean resume;

  @Mixin private AwsImportOptions aws = new AwsImportOptions();
  @Mixin private NewTableOptions newTable = new NewTableOptions();

  /** How items get into a table. */
  enum Via {
    WRITE("write"),
    IMPORT_TABLE("import-table");

    private final String text;

    Via(String text) {
      this.text = text;
    }

    /** The word on the command line. */
    @Override
    public String toString() {
      return text;
    }
  }

  boolean isImportTable() {
    return via == Via.IMPORT_TABLE;
  }

  /**
   * Refuses what is given for nothing.
   *
   * @throws DynavaultException {@code USAGE}
   */
  void requireUnused() {
    boolean used =
        keySchema != null
            || like != null
            || compression != null
            || resume
            || aws.isUsed()
            || !newTable.overrides().equals(TableOverrides.none());
    if (used) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to use options of a new table: items are written into a table that exists",
          "add --via import-table to have AWS make a new table, or leave them out");
    }
  }

  AwsImportOptions aws() {
    return aws;
  }

  Optional<Compression> compression() {
    return Optional.ofNullable(compression);
  }

  Beginning beginning() {
    return resume ? Beginning.RESUMED : Beginning.NEW;
  }

  /**
   * The table to make.
   *
   * @throws DynavaultException {@code USAGE} where nothing says what its key is
   */
  TableDefinition table(String name, TableDescriber describer) {
    if ((like == null) == (keySchema == null)) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to import table '%s': %s"
              .formatted(
                  name,
                  like == null ? "nothing says what its key is" : "its key is given in two ways"),
          "give either --key-schema, such as --key-schema pk:S,sk:N, or --like TABLE");
    }
    TableDefinition original =
        like != null
            ? describer.describe(like).definition()
            : TableDefinition.onDemand(name, requireKeySchema());
    return newTable.overrides().withTableName(name).apply(original);
  }

  private KeySchema requireKeySchema() {
    KeySchema given = keySchema;
    if (given == null) {
      throw new IllegalStateException("no key schema");
    }
    return given;
  }
}
