// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.window.ChainDecision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What retention did with the recovery points of each table, for notifications. */
final class ExpireLines {
  private ExpireLines() {}

  static List<TableLine> of(ExpirePlan plan, ExpireResult result) {
    Stream<String> ofPoints =
        plan.decisions().stream().map(decision -> decision.candidate().entry().tableName());
    Stream<String> ofChains = plan.chains().stream().map(ChainDecision::tableName);
    return Stream.concat(ofPoints, ofChains).distinct().map(table -> line(table, result)).toList();
  }

  private static TableLine line(String table, ExpireResult result) {
    List<CatalogEntry> removed =
        result.removed().stream().filter(entry -> entry.tableName().equals(table)).toList();
    Optional<ExpireResult.NotRemoved> failed =
        result.failed().stream()
            .filter(point -> point.entry().tableName().equals(table))
            .findFirst();
    Optional<DynavaultException> chainFailed =
        result.chains().stream()
            .filter(chain -> chain.failed() && chain.decision().tableName().equals(table))
            .flatMap(chain -> chain.failure().stream())
            .findFirst();
    long bytes = removed.stream().mapToLong(entry -> entry.point().storedBytes()).sum();
    Result outcome =
        failed.isEmpty() && chainFailed.isEmpty()
            ? Result.SUCCESS
            : removed.isEmpty() ? Result.FAILURE : Result.PARTIAL;
    TableLine line =
        TableLine.of(table, outcome)
            .withNote(
                "removed %s, %s"
                    .formatted(Counts.of(removed.size(), "recovery point"), ByteSize.text(bytes)));
    return failed
        .map(
            point ->
                line.withRecoveryPoint(point.entry().id().value())
                    .withFailure(Failure.of(point.reason())))
        .or(() -> chainFailed.map(reason -> line.withFailure(Failure.of(reason))))
        .orElse(line);
  }
}
