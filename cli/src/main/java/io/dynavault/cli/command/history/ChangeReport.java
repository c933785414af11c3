// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.history.AttributeChange;
import io.dynavault.core.history.AttributeChanges;
import io.dynavault.core.history.ChangeQuery;
import io.dynavault.core.history.ChangeSearchResult;
import io.dynavault.core.history.RecordedChange;
import io.dynavault.core.history.TimeSpan;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import java.util.List;
import java.util.Locale;

/** Prints changes one by one, and what a search has found in the end. */
final class ChangeReport {
  private static final int CHANGES_BETWEEN_LOOKS = 1000;

  private final Output output;
  private final KeyReader keys;
  private final Detail detail;
  private final long limit;
  private long printed;

  /** How much is told of a change. */
  enum Detail {
    /** Its time, event and key. */
    EVENT,
    /** Images and what differs between them, too. */
    DIFFERENCES
  }

  ChangeReport(Output output, KeyReader keys, Detail detail, long limit) {
    this.output = requireNonNull(output, "output is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.detail = requireNonNull(detail, "detail is null");
    this.limit = limit;
  }

  /** Prints a change; false where no more are wanted. */
  boolean print(RecordedChange change) {
    if (!hasRoom()) {
      return false;
    }
    List<AttributeChange> differences =
        detail == Detail.DIFFERENCES
            ? AttributeChanges.between(change.oldImage(), change.newImage(), keys.schema())
            : List.of();
    if (output.isJson()) {
      output.event(MessageType.ITEM, json(change, differences));
    } else {
      output
          .page()
          .line(
              "%s  %-8s  %s",
              TimeText.moment(change.time()),
              change.event().name().toLowerCase(Locale.ROOT),
              keys.display(keys.read(change.keys())));
      AttributeText.lines(differences).forEach(line -> output.page().line("    " + line));
    }
    return true;
  }

  /** Prints a key as options take it; false where no more are wanted. */
  boolean print(ItemKey key) {
    if (!hasRoom()) {
      return false;
    }
    if (output.isJson()) {
      output.event(MessageType.ITEM, Json.object().put("key", keys.display(key)));
    } else {
      output.page().line(keys.display(key));
    }
    return true;
  }

  private boolean hasRoom() {
    boolean look = printed % CHANGES_BETWEEN_LOOKS == 0;
    if (printed >= limit || (look && output.readerIsGone())) {
      return false;
    }
    printed++;
    return true;
  }

  private ObjectNode json(RecordedChange change, List<AttributeChange> differences) {
    ObjectNode node =
        Json.object()
            .put("time", Json.time(change.time()))
            .put("event", change.event().name())
            .put("key", keys.display(keys.read(change.keys())))
            .put("sequenceNumber", change.sequenceNumber());
    if (detail == Detail.DIFFERENCES) {
      node.set("differences", AttributeText.json(differences));
      AttributeText.put(node, "oldImage", change.oldImage());
      AttributeText.put(node, "newImage", change.newImage());
    }
    return node;
  }

  /** Prints how many changes there are, and says where they are not known. */
  ExitStatus summary(ChangeQuery query, ChangeSearchResult result, Total total) {
    ChangeCounts counts = result.counts();
    if (output.isJson()) {
      output.event(MessageType.SUMMARY, json(result));
    } else if (total == Total.SHOWN) {
      output
          .page()
          .line(
              "%s: %s put, %s modified, %s removed, %s of them expired",
              Counts.of(counts.total(), "change"),
              Counts.text(counts.inserts()),
              Counts.text(counts.modifies()),
              Counts.text(counts.removes()),
              Counts.text(counts.expirations()));
    }
    if (query.to().isEmpty()) {
      result
          .completeTo()
          .ifPresent(time -> output.message("changes are known up to " + TimeText.moment(time)));
    }
    for (TimeSpan span : result.unknown()) {
      output.warning(
          "changes between %s and %s are not known: nothing was captured then"
              .formatted(TimeText.moment(span.from()), TimeText.moment(span.to())));
    }
    for (TimeSpan span : result.otherKey()) {
      output.warning(
          "changes between %s and %s are left out: the table had another key before it was created anew; --to %s shows them"
              .formatted(TimeText.moment(span.from()), TimeText.moment(span.to()), span.to()));
    }
    return result.unknown().isEmpty() && result.otherKey().isEmpty()
        ? ExitStatus.OK
        : ExitStatus.INCOMPLETE;
  }

  /** Whether people see the total, too. */
  enum Total {
    SHOWN,
    HIDDEN
  }

  private static ObjectNode json(ChangeSearchResult result) {
    ChangeCounts counts = result.counts();
    ObjectNode node =
        Json.object()
            .put("changes", counts.total())
            .put("inserts", counts.inserts())
            .put("modifies", counts.modifies())
            .put("removes", counts.removes())
            .put("expirations", counts.expirations());
    result.completeTo().ifPresent(time -> node.put("completeTo", Json.time(time)));
    spans(node.putArray("unknown"), result.unknown());
    if (!result.otherKey().isEmpty()) {
      spans(node.putArray("otherKey"), result.otherKey());
    }
    return node;
  }

  private static void spans(ArrayNode array, List<TimeSpan> spans) {
    for (TimeSpan span : spans) {
      array.addObject().put("from", Json.time(span.from())).put("to", Json.time(span.to()));
    }
  }
}
