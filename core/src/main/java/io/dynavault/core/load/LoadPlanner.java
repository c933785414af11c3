// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.capacity.TableCapacity;
import io.dynavault.core.duplicate.KeyHashSpool;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.KeyReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Reads all files and decides how their items will be written. Files with an item that could not be
 * written are refused as a whole: a table that has some of a file is worse than one that has none.
 */
public final class LoadPlanner {
  private final LoadRequest request;
  private final URI endpoint;
  private final RunContext context;
  private final ItemSource source;
  private final KeyReader keys;

  /**
   * @param endpoint that will be written to; AWS's own enforces throughput
   */
  public LoadPlanner(LoadRequest request, URI endpoint, RunContext context) {
    this.request = requireNonNull(request, "request is null");
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
    this.context = requireNonNull(context, "context is null");
    this.source = new ItemSource(request, context);
    this.keys = new KeyReader(request.table().keySchema());
  }

  /**
   * Checks the files.
   *
   * @param listener is told of the first hundred items that cannot be written
   * @throws io.dynavault.core.error.DynavaultException {@code ITEM_INVALID} if there is any
   */
  public LoadPlan plan(ProblemListener listener) throws InterruptedException {
    context.progress().phase("checking the files");
    Problems problems = new Problems(listener);
    try (KeyHashSpool hashes = new KeyHashSpool()) {
      ItemCheck check = new ItemCheck(request.table(), keys, hashes);
      readAll(check, problems);
      findDuplicates(hashes.repeated(DuplicateKeys.MAX_HASHES), problems);
      problems.requireNone(request.table().tableName(), request.options().format());
      return plan(check);
    }
  }

  private LoadPlan plan(ItemCheck check) {
    OptionalDouble capacity = TableCapacity.write(request.table());
    CapacityBudget budget =
        request
            .options()
            .writeCapacity()
            .orElseGet(() -> TableCapacity.defaultBudget(endpoint, capacity));
    return new LoadPlan(
        request.table().tableName(),
        request.sources().stream().map(LoadSource::name).toList(),
        request.options().onConflict(),
        check.items(),
        check.bytes(),
        check.units(),
        budget.unitsPerSecond(capacity));
  }

  private void readAll(ItemCheck check, Problems problems) throws InterruptedException {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (LoadSource file : request.sources()) {
      tasks.add(
          () -> {
            read(
                file,
                problems,
                (item, place) ->
                    check.problem(item).ifPresent(reason -> problems.add(place, reason)));
            return true;
          });
    }
    new Parallel("import", request.options().workers()).run(tasks);
  }

  /** In the order of the files, so that the later item is the one that is at fault. */
  private void findDuplicates(Set<Long> repeated, Problems problems) throws InterruptedException {
    if (repeated.isEmpty()) {
      return;
    }
    DuplicateKeys duplicates = new DuplicateKeys(keys, repeated, problems);
    for (LoadSource file : request.sources()) {
      read(file, new Problems((place, reason) -> {}), duplicates::look);
    }
  }

  private void read(LoadSource file, Problems problems, ItemSource.Consumer consumer)
      throws InterruptedException {
    try {
      source.read(file, consumer);
    } catch (FormatException e) {
      problems.add(file.name(), e.getMessage());
    }
  }
}
