// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.gc.DebrisSearch.Verdict;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.lease.Marks;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.UnfinishedUpload;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.RestoreRequestKey;
import io.dynavault.format.layout.VaultKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds debris, and touches nothing. */
public final class GcPlanner {
  /** Long enough for somebody to notice and resume. */
  public static final Duration DEFAULT_GRACE = Duration.ofHours(24);

  /** A lease must have run out long before what it protects can be given up. */
  private static final Duration MIN_GRACE = Duration.ofHours(1);

  private final Vault vault;
  private final ObjectStore store;
  private final Duration grace;

  /**
   * @param grace how long nothing may have been written to what is given up for lost; at least an
   *     hour
   */
  public GcPlanner(Vault vault, Duration grace) {
    this.vault = requireNonNull(vault, "vault is null");
    this.store = vault.store();
    this.grace = requireNonNull(grace, "grace is null");
    if (grace.compareTo(MIN_GRACE) < 0) {
      throw new IllegalArgumentException("the grace is less than an hour: " + grace);
    }
  }

  Duration grace() {
    return grace;
  }

  public GcPlan plan() throws InterruptedException {
    Findings findings = new Findings();
    DebrisSearch search = new DebrisSearch(vault, grace);
    Instant now = vault.leases().clock().earlier();
    for (RecoveryPointKey point : points(VaultKeys.DELETIONS)) {
      findings.add("a deletion", point, () -> search.deletion(point));
    }
    for (RecoveryPointKey point : points(VaultKeys.RUNS)) {
      findings.add("a run", point, () -> search.run(point, now));
      findings.add("a journal", point, () -> search.strayJournal(point, now));
    }
    for (CatalogEntry entry : vault.catalog().list().entries()) {
      RecoveryPointKey point = new RecoveryPointKey(entry.tableName(), entry.id().value());
      findings.add("a stray file", point, () -> search.strayFiles(entry.point(), now));
    }
    for (RecoveryPointKey point : points(VaultKeys.HOLDS)) {
      findings.add("a hold", point, () -> search.holds(point, now));
    }
    for (RecoveryPointKey point : points(VaultKeys.RESTORES)) {
      findings.add("a restore", point, () -> search.restores(point, now));
    }
    RequestSearch requests = new RequestSearch(vault, grace);
    for (RestoreRequestKey key : requests()) {
      findings.add("a restore request", RequestSearch.name(key), () -> requests.look(key, now));
    }
    ChangeFileSearch changes = new ChangeFileSearch(vault, grace);
    for (RecoveryPointKey chain : changes.chains()) {
      findings.add("a continuous backup", chain, () -> changes.look(chain));
      findings.add("a continuous backup", chain, () -> changes.expired(chain));
    }
    for (RecoveryPointKey point : points(VaultKeys.COPY_LEASES)) {
      findings.add("a copy's lease", point, () -> search.copyLease(point, now));
    }
    for (Mark.Kind kind : Mark.Kind.values()) {
      for (Marks.Found mark : vault.leases().marks().runOut(kind)) {
        findings.add("a mark", mark.point(), () -> search.mark(mark, now));
      }
    }
    return new GcPlan(findings.debris, uploads(search, now), findings.left);
  }

  /** Tables and ids below a folder, each once. */
  private Set<RecoveryPointKey> points(String folder) {
    Set<RecoveryPointKey> points = new LinkedHashSet<>();
    store.list(
        folder,
        info ->
            VaultKeys.parseBelow(info.key(), folder)
                .or(() -> VaultKeys.parse(info.key(), folder, ".json"))
                .ifPresent(points::add));
    return points;
  }

  private Set<RestoreRequestKey> requests() {
    Set<RestoreRequestKey> keys = new LinkedHashSet<>();
    store.list(
        VaultKeys.RESTORE_REQUESTS,
        info -> VaultKeys.parseRestoreRequest(info.key()).ifPresent(keys::add));
    return keys;
  }

  /**
   * Old uploads of which we know that nobody works on them: those that the store keeps in a place
   * of its own, and those into the folders of committed recovery points and of change files. The
   * uploads of a run go with the run, however old they are; others may upload below the same root,
   * such as DynamoDB's own exports.
   */
  private List<UnfinishedUpload> uploads(DebrisSearch search, Instant now) {
    List<UnfinishedUpload> uploads = new ArrayList<>();
    store.listUnfinished(
        upload -> {
          if (search.isOld(upload.lastActive(), now) && search.isOurs(upload)) {
            uploads.add(upload);
          }
        });
    return uploads;
  }

  /** Collects what was found; what cannot be read is left, and does not hide the rest. */
  private static final class Findings {
    final List<Debris> debris = new ArrayList<>();
    final List<GcPlan.Left> left = new ArrayList<>();

    void add(String what, RecoveryPointKey point, Question question) throws InterruptedException {
      try {
        Verdict verdict = question.ask();
        verdict.debris().ifPresent(debris::add);
        verdict.left().ifPresent(reason -> left.add(new GcPlan.Left(what, point, reason)));
      } catch (DynavaultException e) {
        if (!DebrisSearch.isUnreadable(e)) {
          throw e;
        }
        left.add(new GcPlan.Left(what, point, "it cannot be read: " + e.getMessage()));
      }
    }
  }

  /** Asks about one suspect. */
  @FunctionalInterface
  private interface Question {
    Verdict ask() throws InterruptedException;
  }
}
