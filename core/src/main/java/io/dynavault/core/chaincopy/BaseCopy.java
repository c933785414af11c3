// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.copy.CopyPlan;
import io.dynavault.core.copy.CopyPlanner;
import io.dynavault.core.copy.CopyRequest;
import io.dynavault.core.copy.CopyResult;
import io.dynavault.core.copy.CopyRun;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copies the bases of a chain: the recovery point, and then that it is a base. */
final class BaseCopy {
  private final Vault source;
  private final Vault target;
  private final BaseChoice choice;

  BaseCopy(Vault source, Vault target) {
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
    this.choice = new BaseChoice(source, target);
  }

  /**
   * What was copied.
   *
   * @param failure the first one; the other bases were copied nevertheless
   */
  record Copied(List<CopyResult> points, Optional<DynavaultException> failure) {
    Copied {
      points = List.copyOf(points);
      requireNonNull(failure, "failure is null");
    }
  }

  /** The bases that the target lacks; see {@link BaseChoice}. */
  List<Base> lacking(ChainDelta delta, long reached) {
    return choice.lacking(delta, reached);
  }

  /** The copy of their recovery points. One whose record is damaged fails when it is copied. */
  CopyPlan plan(String table, List<Base> bases, int workers) {
    List<CatalogEntry> entries = new ArrayList<>();
    for (Base base : bases) {
      try {
        source.catalog().get(table, base.recoveryPoint()).ifPresent(entries::add);
      } catch (DynavaultException e) {
        if (!CopyPlanner.isRefusal(e)) {
          throw e;
        }
      }
    }
    return plan(entries, workers);
  }

  private CopyPlan plan(List<CatalogEntry> entries, int workers) {
    return new CopyPlanner(source, target)
        .plan(new CopyRequest(entries, Optional.empty(), workers));
  }

  /** Copies the bases that the target lacks, now that it has the commits up to one. */
  Copied copy(ChainDelta delta, long reached, Carriage carriage) throws InterruptedException {
    List<CopyResult> points = new ArrayList<>();
    List<DynavaultException> damaged = new ArrayList<>();
    delta.source().readableBases(damaged::add);
    Optional<DynavaultException> failure = damaged.stream().findFirst();
    for (Base base : lacking(delta, reached)) {
      Optional<Outcome<CopyResult>> outcome = copyPoint(base, delta, carriage);
      outcome.flatMap(Outcome::result).ifPresent(points::add);
      Optional<DynavaultException> failed = outcome.flatMap(Outcome::failure);
      if (failed.isEmpty()) {
        String key = delta.chain().keys().base(base.recoveryPoint().value());
        delta
            .source()
            .stored()
            .base(base.recoveryPoint())
            .ifPresent(content -> carriage.put(key, content));
      }
      failure = failure.or(() -> failed);
    }
    return new Copied(points, failure);
  }

  /** Empty where the source has it no more, but the target has. */
  private Optional<Outcome<CopyResult>> copyPoint(Base base, ChainDelta delta, Carriage carriage)
      throws InterruptedException {
    Optional<CatalogEntry> entry;
    try {
      entry = source.catalog().get(delta.chain().tableName(), base.recoveryPoint());
    } catch (DynavaultException e) {
      if (!CopyPlanner.isRefusal(e)) {
        throw e;
      }
      return Optional.of(
          new Outcome<>(base.recoveryPoint().value(), Optional.empty(), Optional.of(e)));
    }
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    CopyPlan plan = plan(List.of(entry.get()), carriage.workers());
    return new CopyRun(source, target, carriage.context(), carriage.toolVersion())
        .runPart(plan).stream().findFirst();
  }
}
