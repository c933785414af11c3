// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.TableScan.ScannedItems;
import io.dynavault.format.export.ExportFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** The items of a recovery point or export, whose checksums are verified on the way. */
public record RecoveryPointItems(ExportContent content) implements ExpectedItems {
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
  public long count() {
    return content.export().summary().itemCount();
  }

  @Override
  public void read(int workers, RunContext context, ScannedItems items)
      throws InterruptedException {
    context.progress().begin("reading the recovery point", count(), 0);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (ExportFile file : content.export().files()) {
      tasks.add(
          () -> {
            read(file, context, items);
            return true;
          });
    }
    new Parallel("compare", workers).run(tasks);
  }

  /** Hands out the items of one file, in their order. */
  public void read(ExportFile file, RunContext context, ScannedItems items)
      throws InterruptedException {
    content.read(
        file,
        (json, offset, length, size) -> {
          if (context.stop().isRequested()) {
            throw context.stop().interrupted("reading the recovery point");
          }
          context.progress().add(1, length);
          items.item(json, offset, length);
        });
  }
}
