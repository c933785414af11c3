// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ContentSelection;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ItemChoice;
import io.dynavault.cli.command.KeySchemaConverter;
import io.dynavault.cli.command.LimitConverter;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Session;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.format.item.KeySchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the items of a recovery point. */
@Command(
    name = "cat",
    description = {
      "Prints the items of a recovery point or of an export, one a line.",
      "dynamodb-json has the lines of AWS's exports, {\"Item\":{...}}, which import reads; json"
          + " has plain values; csv has a header, and columns for all attributes unless"
          + " --columns names them."
    })
@CommandTraits(
    examples = {
      "dynavault cat latest --table orders --vault ./vault --key 'pk=customer-7'",
      "dynavault cat latest --table orders --vault ./vault --format csv > orders.csv",
      "dynavault cat s3://bucket/AWSDynamoDB/01715685260608-c488b4e1 --format json --limit 10"
    },
    exits = {
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class CatCommand implements CliCommand {
  @Mixin private ContentSelection source = new ContentSelection();
  @Mixin private ItemChoice items = new ItemChoice();

  @Option(
      names = "--format",
      paramLabel = "dynamodb-json|json|csv",
      description = "how items are printed (default dynamodb-json)")
  private ItemFormat format = ItemFormat.DYNAMODB_JSON;

  @Option(
      names = "--columns",
      paramLabel = "NAME,...",
      split = ",",
      hideParamSyntax = true,
      description = "columns of csv")
  private List<String> columns = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = LimitConverter.class,
      description = "print at most N items")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--key-schema",
      paramLabel = "KEY",
      converter = KeySchemaConverter.class,
      description = "key of an export's table, for --key, such as pk:S,sk:N")
  private @Nullable KeySchema keySchema;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    try (OpenContent open = source.open(session, Thread.currentThread()::interrupt)) {
      ItemStream stream = stream(session, open.content());
      List<String> names = columns;
      if (format == ItemFormat.CSV && names.isEmpty()) {
        names = stream.attributeNames(keys(open.content()));
      }
      try (ItemPrinter printer = format.printer(session.output().data(), names)) {
        stream.print(printer, limit, session.output()::readerIsGone);
        warnOfOmitted(session, printer.omittedAttributes());
      } catch (IOException e) {
        throw new DynavaultException(
            ErrorCode.STORE_FAILED, "unable to print items: " + e.getMessage(), e);
      }
      open.check();
      return ExitStatus.OK;
    }
  }

  private ItemStream stream(Session session, ItemContent content) {
    Optional<KeySchema> keys = keys(content);
    Optional<String> timeToLive =
        content.recoveryPoint().flatMap(point -> point.table().settings().timeToLiveAttribute());
    ItemSelection selection =
        keys.map(schema -> items.selection(schema, timeToLive, session.now()))
            .orElseGet(() -> items.selectionWithoutKeys(timeToLive, session.now()));
    return new ItemStream(content, keys, selection);
  }

  private Optional<KeySchema> keys(ItemContent content) {
    return content
        .recoveryPoint()
        .map(RecoveryPoint::table)
        .map(TableDefinition::keySchema)
        .or(() -> Optional.ofNullable(keySchema));
  }

  private static void warnOfOmitted(Session session, Set<String> omitted) {
    if (!omitted.isEmpty()) {
      session.output().warning("attributes without a column: " + String.join(", ", omitted));
    }
  }
}
