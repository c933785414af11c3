// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import io.dynavault.aws.imports.CsvColumns;
import io.dynavault.aws.imports.ImportFormat;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.Config;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.load.LoadConflict;
import io.dynavault.core.load.LoadFormat;
import io.dynavault.core.load.LoadOptions;
import io.dynavault.core.load.LoadSource;
import io.dynavault.format.export.Compression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an import is told on the command line, beside the settings. */
final class ImportOptions {
  private static final String STANDARD_INPUT = "-";
  private static final String DELIMITERS = ",\t:;| ";
  private static final int MOST_COLUMNS = 255;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "files of one format; - is standard input; with --via import-table one place in S3, such"
              + " as s3://bucket/folder")
  private List<String> files = List.of();

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      required = true,
      description = "table to write to, or to make with --via import-table")
  private String table = "";

  @Option(
      names = "--format",
      paramLabel = "csv|json|dynamodb-json|ion",
      description = "format of the files; without it told by their names")
  private @Nullable FileFormat format;

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "between the columns of CSV: , ; : | blank or tab (default ,)")
  private String delimiter = ",";

  @Option(
      names = "--header",
      paramLabel = "NAME,...",
      split = ",",
      hideParamSyntax = true,
      description = "names of the columns of CSV files that do not begin with them")
  private List<String> header = List.of();

  @Option(
      names = "--on-conflict",
      paramLabel = "POLICY",
      description =
          "what to do with an item whose key the table has: overwrite it, skip it, or fail it"
              + " (default fail)")
  private @Nullable LoadConflict onConflict;

  @Option(names = "--dry-run", description = "check the files, print the plan and write nothing")
  private boolean dryRun;

  @Option(
      names = "--confirm",
      description = "act where items can be replaced, instead of printing the plan")
  private boolean confirm;

  @Mixin private TableImportOptions newTable = new TableImportOptions();

  /** What {@code --format} takes. */
  enum FileFormat {
    CSV(LoadFormat.CSV),
    JSON(LoadFormat.JSON),
    DYNAMODB_JSON(LoadFormat.DYNAMODB_JSON),
    ION(LoadFormat.ION);

    private final LoadFormat load;

    FileFormat(LoadFormat load) {
      this.load = load;
    }

    /** The word on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Whether AWS imports the files; refuses options that do not go together.
   *
   * @throws DynavaultException {@code USAGE}
   */
  boolean isImportTable() {
    if (!newTable.isImportTable()) {
      newTable.requireUnused();
      return false;
    }
    if (onConflict != null) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to use --on-conflict with --via import-table: AWS imports into new tables only",
          "leave one of both out");
    }
    return true;
  }

  TableImportOptions newTable() {
    return newTable;
  }

  List<String> files() {
    return files;
  }

  /** The format for AWS; empty where names are to tell. */
  Optional<ImportFormat> importFormat() {
    if (format == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (format) {
          case CSV -> ImportFormat.CSV;
          case DYNAMODB_JSON -> ImportFormat.DYNAMODB_JSON;
          case ION -> ImportFormat.ION;
          case JSON ->
              throw new DynavaultException(
                  ErrorCode.USAGE,
                  "unable to use --format json with --via import-table: AWS does not import plain"
                      + " JSON",
                  "give csv, dynamodb-json or ion; plain JSON is imported into a table that exists"
                      + " without --via");
        });
  }

  /** How CSV files are read by AWS. */
  CsvColumns csvColumns() {
    char given = delimiter();
    return new CsvColumns(given == ',' ? Optional.empty() : Optional.of(given), header());
  }

  private List<String> header() {
    if (header.size() > MOST_COLUMNS) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to use a header of " + header.size() + " names with --via import-table",
          "AWS takes 255 names at most");
    }
    return header;
  }

  String table() {
    return table;
  }

  boolean isDryRun() {
    return dryRun;
  }

  boolean isConfirmed() {
    return confirm;
  }

  OpenSources sources(Session session) {
    List<LoadSource> sources = new ArrayList<>();
    try {
      for (String file : files) {
        sources.add(source(session, file));
      }
      return new OpenSources(sources);
    } catch (RuntimeException e) {
      sources.forEach(LoadSource::close);
      throw e;
    }
  }

  private static LoadSource source(Session session, String file) {
    if (file.equals(STANDARD_INPUT)) {
      return LoadSource.spool(session.context().streams().in(), "standard input", Compression.NONE);
    }
    return LoadSource.file(session.context().workingDirectory().resolve(Path.of(file)));
  }

  LoadOptions options(Config config) {
    return new LoadOptions(
        loadFormat(),
        delimiter(),
        header.isEmpty() ? Optional.empty() : Optional.of(header),
        onConflict == null ? LoadConflict.FAIL : onConflict,
        config.optional(ConfigOptions.RESTORE_WRITE_CAPACITY),
        config.value(ConfigOptions.RESTORE_WORKERS));
  }

  private LoadFormat loadFormat() {
    if (format != null) {
      return format.load;
    }
    List<Optional<LoadFormat>> told =
        files.stream().map(LoadFormat::ofFileName).distinct().toList();
    if (told.size() == 1 && told.get(0).isPresent()) {
      return told.get(0).get();
    }
    throw new DynavaultException(
        ErrorCode.USAGE,
        "unable to tell the format of " + String.join(", ", files),
        "give it with --format csv, json, dynamodb-json or ion");
  }

  private char delimiter() {
    String text =
        switch (delimiter) {
          case "tab", "\\t" -> "\t";
          case "blank" -> " ";
          default -> delimiter;
        };
    if (text.length() != 1 || DELIMITERS.indexOf(text.charAt(0)) < 0) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to use the delimiter '" + delimiter + "'",
          "give one of , ; : | blank and tab");
    }
    return text.charAt(0);
  }
}
