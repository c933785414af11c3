// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.delete.Protection;
import io.dynavault.core.delete.Protections;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.vault.BulkDelete;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ContinuousKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what is decided on chains, in an order in which a reader at any moment finds a chain
 * that is whole (docs/format/continuous.md, "Expiry"). What a crash leaves, the next run removes.
 */
public final class WindowRun {
  private static final Logger logger = LoggerFactory.getLogger(WindowRun.class);

  private final Vault vault;

  public WindowRun(Vault vault) {
    this.vault = requireNonNull(vault, "vault is null");
  }

  /**
   * Removes what one chain does not need. The base that its window begins with is protected
   * meanwhile.
   *
   * @throws DynavaultException {@code LOCKED} or {@code LEASE_HELD} where something is protected
   *     now, {@code RECOVERY_POINT_NOT_FOUND} where the needed base is gone
   */
  public void run(ChainDecision decision) throws InterruptedException {
    if (!decision.removes()) {
      return;
    }
    Optional<CatalogEntry> needed = decision.needed().map(id -> needed(decision.tableName(), id));
    if (needed.isEmpty()) {
      remove(decision, () -> {});
      return;
    }
    try (Mark mark = vault.protect(needed.get().point());
        LeaseKeeper keeper = LeaseKeeper.start(mark, vault.leases().settings(), () -> {})) {
      remove(decision, keeper::check);
    }
  }

  private CatalogEntry needed(String tableName, RecoveryPointId id) {
    return vault
        .catalog()
        .get(tableName, id)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.RECOVERY_POINT_NOT_FOUND,
                    "unable to expire changes of table '%s': base '%s', which the window begins with, is gone"
                        .formatted(tableName, id),
                    "plan again"));
  }

  private void remove(ChainDecision decision, Runnable check) throws InterruptedException {
    Optional<ChainLog> found =
        new ContinuousBackups(vault.store()).find(decision.tableName(), decision.chain());
    if (found.isEmpty()) {
      return; // another process was faster
    }
    ChainLog log = found.get();
    ContinuousKeys keys = log.chain().keys();
    requireUnprotected(decision);
    long first = log.firstNumber();
    for (RecoveryPointId base : decision.released()) {
      vault.store().delete(keys.base(base.value()));
    }
    decision.expiry().ifPresent(log::expire);
    new ExpiredObjects(vault.store(), log, check).delete(first);
    if (decision.extent() == ChainDecision.Extent.WHOLE) {
      deleteRest(keys, check);
    } else {
      deleteOlderExpiries(log);
    }
    logger.info(
        "changes expired: vault={} table={} chain={} commits={} by={}",
        vault.config().name(),
        decision.tableName(),
        decision.chain(),
        decision.volume().commits(),
        vault.leases().holder());
  }

  /** Somebody may have begun to read, or put a hold, since the decision. */
  private void requireUnprotected(ChainDecision decision) throws InterruptedException {
    String table = decision.tableName();
    requireNotRead(table, decision.chain());
    for (RecoveryPointId base : decision.released()) {
      requireNotRead(table, base);
      Optional<CatalogEntry> entry = vault.catalog().get(table, base);
      if (entry.isPresent()) {
        Protections.of(vault, entry.get()).of(entry.get()).stream()
            .filter(protection -> protection.kind() == Protection.Kind.HOLD)
            .findFirst()
            .ifPresent(
                hold -> {
                  throw refused(decision, hold.kind().code(), base + " is " + hold.text());
                });
      }
    }
  }

  private void requireNotRead(String table, RecoveryPointId id) throws InterruptedException {
    var readers = vault.leases().marks().living(Mark.Kind.READING, table, id.value());
    if (!readers.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.LEASE_HELD,
          "unable to expire changes of table '%s': '%s' is read by %s"
              .formatted(table, id, readers.get(0).state().holder()));
    }
  }

  private static DynavaultException refused(ChainDecision decision, ErrorCode code, String reason) {
    return new DynavaultException(
        code,
        "unable to expire changes of table '%s': base %s".formatted(decision.tableName(), reason));
  }

  private void deleteOlderExpiries(ChainLog log) {
    ContinuousKeys keys = log.chain().keys();
    long newest = log.firstNumber() - 1;
    List<String> older = new ArrayList<>();
    vault
        .store()
        .list(
            keys.expired(),
            info ->
                keys.parseExpired(info.key())
                    .filter(number -> number < newest)
                    .ifPresent(number -> older.add(info.key())));
    older.forEach(vault.store()::delete);
  }

  /**
   * What is left, also of a removal that was cut short. That it has ended goes late, then its
   * description: as long as it is there, the chain is found. That it is a copy goes last: nobody
   * may capture into what is left of one.
   */
  private void deleteRest(ContinuousKeys keys, Runnable check) throws InterruptedException {
    List<String> rest = new ArrayList<>();
    vault.store().list(keys.folder(), info -> rest.add(info.key()));
    rest.remove(keys.end());
    rest.remove(keys.copied());
    new BulkDelete(vault.store(), check).delete(rest);
    vault.store().delete(keys.end());
    vault.store().delete(keys.description());
    vault.store().delete(keys.copied());
  }
}
