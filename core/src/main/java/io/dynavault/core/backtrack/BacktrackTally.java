// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import io.dynavault.core.job.RunContext;
import io.dynavault.core.write.ItemSwap;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemSize;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts what becomes of the keys of one run, and tells of it. Safe for several threads. */
final class BacktrackTally {
  private final ActionListener listener;
  private final RunContext context;
  private final long started;
  private final long throttlesBefore;
  private final Map<ItemAction.Kind, Long> actions = new EnumMap<>(ItemAction.Kind.class);
  private long unchanged;
  private long filtered;
  private long expired;
  private double units;

  BacktrackTally(ActionListener listener, RunContext context) {
    this.listener = listener;
    this.context = context;
    this.started = context.ticker().nanos();
    this.throttlesBefore = context.progress().snapshot().throttles();
  }

  synchronized void unchanged() {
    unchanged++;
    context.progress().add(1, 0);
  }

  synchronized void filtered() {
    filtered++;
    context.progress().add(1, 0);
  }

  /**
   * @param wasExpired whether DynamoDB had removed the item because it had expired
   */
  synchronized void add(ItemAction action, boolean wasExpired) {
    actions.merge(action.kind(), 1L, Long::sum);
    if (wasExpired && action.kind() == ItemAction.Kind.PUT) {
      expired++;
    }
    units += action.swap().map(BacktrackTally::units).orElse(0.0);
    context.progress().add(1, 0);
    listener.action(action);
  }

  synchronized BacktrackResult result() {
    long told = actions.values().stream().mapToLong(Long::longValue).sum();
    return new BacktrackResult(
        unchanged + filtered + told,
        unchanged,
        count(ItemAction.Kind.PUT),
        count(ItemAction.Kind.REPLACE),
        count(ItemAction.Kind.DELETE),
        filtered,
        count(ItemAction.Kind.CHANGED),
        count(ItemAction.Kind.REFUSED),
        expired,
        units,
        context.progress().snapshot().throttles() - throttlesBefore,
        Duration.ofNanos(context.ticker().nanos() - started));
  }

  private long count(ItemAction.Kind kind) {
    return actions.getOrDefault(kind, 0L);
  }

  /** One per KB begun of the larger image (DynamoDB Developer Guide, "Write operations"). */
  private static double units(ItemSwap swap) {
    return Math.max(units(swap.before()), units(swap.after()));
  }

  private static double units(Optional<Item> item) {
    if (item.isEmpty()) {
      return 1;
    }
    byte[] json = DynamoDbJson.encode(item.get());
    return Math.ceil(Math.max(1, ItemSize.of(json, 0, json.length)) / 1024.0);
  }
}
