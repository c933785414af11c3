// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.TableScan.ScannedItems;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

/** The items of a recovery point or export, whose checksums are verified on the way. */
public record RecoveryPointItems(ItemContent content) implements ExpectedItems {
  public RecoveryPointItems {
    requireNonNull(content, "content is null");
  }

  @Override
  public String name() {
    return content
        .recoveryPoint()
        .map(point -> "recovery point " + point.id() + " of table '" + point.tableName() + "'")
        .orElse("export '" + content.name() + "'");
  }

  @Override
  public Origin origin() {
    return Origin.RECOVERY_POINT;
  }

  @Override
  public long count() throws InterruptedException {
    if (content.isCounted()) {
      return content.itemCount();
    }
    LongAdder items = new LongAdder();
    for (ContentPart part : content.parts()) {
      part.read((json, offset, length, size) -> items.increment());
    }
    return items.sum();
  }

  @Override
  public void read(int workers, RunContext context, ScannedItems items)
      throws InterruptedException {
    content.prepare(context);
    context.progress().begin("reading the recovery point", content.itemCount(), 0);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (ContentPart part : content.parts()) {
      tasks.add(
          () -> {
            read(part, context, items);
            return true;
          });
    }
    new Parallel("compare", workers).run(tasks);
  }

  /** Hands out the items of one part, in their order. */
  public void read(ContentPart part, RunContext context, ScannedItems items)
      throws InterruptedException {
    part.read(
        (json, offset, length, size) -> {
          if (context.stop().isRequested()) {
            throw context.stop().interrupted("reading the recovery point");
          }
          context.progress().add(1, length);
          items.item(json, offset, length);
        });
  }
}
