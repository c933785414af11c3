// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.expire.ExpireResult.ExpiredChain;
import io.dynavault.core.window.ChainDecision;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What retention does with continuous backups. */
final class ExpiredChainsText {
  private ExpiredChainsText() {}

  static void show(Page page, List<ChainDecision> chains, Instant now) {
    if (chains.isEmpty()) {
      return;
    }
    TextTable table =
        TextTable.of("TABLE", "CONTINUOUS BACKUP", ">WINDOW FROM", ">CHANGES", "ACTION", "WHY");
    for (ChainDecision chain : chains) {
      table.row(
          chain.tableName(),
          chain.chain().value(),
          chain.earliest().map(from -> TimeText.age(from, now)).orElse("-"),
          chain.removes() ? ByteSize.text(chain.volume().bytes()) : "-",
          action(chain),
          chain.reason());
    }
    page.table(table).blank();
  }

  private static String action(ChainDecision chain) {
    return switch (chain.extent()) {
      case NOTHING -> "keep";
      case BEGINNING -> "shorten";
      case WHOLE -> "remove";
    };
  }

  static void planned(Page page, List<ChainDecision> chains) {
    List<ChainDecision> removing = chains.stream().filter(ChainDecision::removes).toList();
    if (!removing.isEmpty()) {
      page.line(
          "%s of continuous backups would expire, %s.",
          files(removing), ByteSize.text(bytes(removing)));
    }
  }

  static void done(Page page, List<ExpiredChain> chains) {
    List<ChainDecision> expired =
        chains.stream()
            .filter(chain -> chain.failure().isEmpty())
            .map(ExpiredChain::decision)
            .toList();
    if (!expired.isEmpty()) {
      page.line(
          "%s of continuous backups expired, %s", files(expired), ByteSize.text(bytes(expired)));
    }
    for (ExpiredChain chain : chains) {
      chain
          .failure()
          .ifPresent(
              reason -> page.line((chain.failed() ? "failed: " : "kept: ") + reason.getMessage()));
    }
  }

  private static String files(List<ChainDecision> chains) {
    return Counts.of(
        chains.stream().mapToLong(chain -> chain.volume().files()).sum(), "change file");
  }

  private static long bytes(List<ChainDecision> chains) {
    return chains.stream().mapToLong(chain -> chain.volume().bytes()).sum();
  }

  static ArrayNode json(List<ChainDecision> chains, Optional<ExpireResult> result) {
    ArrayNode array = Json.array();
    for (ChainDecision chain : chains) {
      ObjectNode node =
          array
              .addObject()
              .put("tableName", chain.tableName())
              .put("chain", chain.chain().value())
              .put("action", action(chain).toUpperCase(Locale.ROOT))
              .put("reason", chain.reason());
      chain.earliest().ifPresent(from -> node.put("earliest", from.toString()));
      chain.needed().ifPresent(base -> node.put("base", base.value()));
      if (chain.removes()) {
        ArrayNode released = node.putArray("releasedBases");
        chain.released().forEach(base -> released.add(base.value()));
        node.put("commits", chain.volume().commits());
        node.put("files", chain.volume().files());
        node.put("storedBytes", chain.volume().bytes());
      }
      result.flatMap(done -> failure(done, chain)).ifPresent(text -> node.put("message", text));
    }
    return array;
  }

  private static Optional<String> failure(ExpireResult done, ChainDecision chain) {
    return done.chains().stream()
        .filter(expired -> expired.decision().equals(chain))
        .flatMap(expired -> expired.failure().stream())
        .map(reason -> String.valueOf(reason.getMessage()))
        .findFirst();
  }
}
