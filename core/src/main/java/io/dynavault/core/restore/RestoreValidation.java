// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.compare.CompareScope;
import io.dynavault.core.compare.Difference;
import io.dynavault.core.compare.DifferenceListener;
import io.dynavault.core.compare.ExpectedItems;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.validate.TableValidation;
import io.dynavault.core.validate.ValidationLevel;
import io.dynavault.core.validate.ValidationResult;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads a restored table back and compares it with what the restore was to make of it: with the
 * items that were selected, as they were changed on the way. What the restore had to leave alone in
 * an existing table is no difference.
 */
public final class RestoreValidation {
  private final RestoreRequest request;
  private final TargetTable target;
  private final RunContext context;

  public RestoreValidation(RestoreRequest request, TargetTable target, RunContext context) {
    this.request = requireNonNull(request, "request is null");
    this.target = requireNonNull(target, "target is null");
    this.context = requireNonNull(context, "context is null");
  }

  /** Compares; the counts and the listener leave out what is no difference. */
  public ValidationResult run(ValidationLevel level, DifferenceListener listener)
      throws InterruptedException {
    return new TableValidation(
            ExpectedItems.of(request.content()),
            target.scan(request.target().table(), request.options().readCapacity(), context),
            request.target().table().keySchema(),
            new CompareScope(
                request.options().selection(),
                inTable(),
                request.options().transform().orElse(UnaryOperator.identity()),
                1),
            tolerated(),
            context)
        .run(level, listener);
  }

  private Set<Difference.Kind> tolerated() {
    if (!(request.target() instanceof RestoreTarget.ExistingTable existing)) {
      return Set.of();
    }
    return switch (existing.onConflict()) {
      case REQUIRE_EMPTY, MAKE_IDENTICAL, CLEAR -> Set.of();
      case OVERWRITE, FAIL -> Set.of(Difference.Kind.EXTRA);
      case SKIP -> Set.of(Difference.Kind.EXTRA, Difference.Kind.DIFFERENT);
    };
  }

  /** Making identical leaves alone what the selection leaves out. */
  private ItemSelection inTable() {
    boolean identical =
        request.target() instanceof RestoreTarget.ExistingTable existing
            && existing.onConflict() == ConflictPolicy.MAKE_IDENTICAL;
    return identical ? request.options().selection() : ItemSelection.everything();
  }
}
