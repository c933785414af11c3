// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.layout.ContinuousKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The chains of a vault. Safe for several threads. */
public final class ContinuousBackups {
  private final ObjectStore store;

  /**
   * @param store the vault's
   */
  public ContinuousBackups(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** Names of the tables that have chains, sorted. */
  public List<String> tables() {
    return list(ContinuousKeys.CHAINS).stream().map(ContinuousKeys::table).distinct().toList();
  }

  /** Ids of a table's chains, oldest first, whether they can be read or not. */
  public List<RecoveryPointId> ids(String table) {
    return list(ContinuousKeys.chains(table)).stream()
        .map(keys -> new RecoveryPointId(keys.chain()))
        .toList();
  }

  /**
   * The chains of a table, oldest first, but for those that another one has replaced.
   *
   * @throws DynavaultException {@code DAMAGED} or {@code FORMAT_UNSUPPORTED} if one cannot be read
   */
  public List<ChainLog> chains(String table) {
    return ids(table).stream()
        .flatMap(id -> find(table, id).stream())
        .filter(log -> !log.isReplaced())
        .toList();
  }

  /** The chain that began last. */
  public Optional<ChainLog> newest(String table) {
    List<RecoveryPointId> ids = ids(table);
    return ids.isEmpty() ? Optional.empty() : find(table, ids.get(ids.size() - 1));
  }

  /**
   * The chain that is captured into this vault, and not copied: the one that goes on, or else the
   * one that began last.
   */
  public Optional<ChainLog> newestCaptured(String table) {
    List<ChainLog> open = openCaptured(table);
    if (!open.isEmpty()) {
      return Optional.of(open.get(0));
    }
    List<RecoveryPointId> ids = ids(table);
    for (int i = ids.size() - 1; i >= 0; i--) {
      Optional<ChainLog> log =
          isCopy(table, ids.get(i)) ? Optional.empty() : find(table, ids.get(i));
      if (log.filter(found -> !found.isReplaced()).isPresent()) {
        return log;
      }
    }
    return Optional.empty();
  }

  /**
   * The chains that go on and were not copied. There is one, unless a process that had lost the
   * table began another: the first one is that of the highest lease.
   */
  public List<ChainLog> openCaptured(String table) {
    List<ChainLog> open = new ArrayList<>();
    for (RecoveryPointId id : ids(table)) {
      ContinuousKeys keys = new ContinuousKeys(table, id.value());
      if (!isCopy(table, id) && store.stat(keys.end()).isEmpty()) {
        readable(table, id).ifPresent(log -> open.add(0, log));
      }
    }
    if (open.size() > 1) {
      open.sort(Comparator.comparing(ContinuousBackups::epoch).reversed());
    }
    return open;
  }

  private boolean isCopy(String table, RecoveryPointId id) {
    return store.stat(new ContinuousKeys(table, id.value()).copied()).isPresent();
  }

  private Optional<ChainLog> readable(String table, RecoveryPointId id) {
    try {
      return find(table, id);
    } catch (DynavaultException e) {
      if (e.code() != ErrorCode.DAMAGED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static long epoch(ChainLog log) {
    return log.lastReadable().map(Commit::epoch).orElse(0L);
  }

  /**
   * The chain with this id.
   *
   * @throws DynavaultException {@code DAMAGED} or {@code FORMAT_UNSUPPORTED} if it cannot be read
   */
  public Optional<ChainLog> find(String table, RecoveryPointId id) {
    return StoredJson.find(store, new ContinuousKeys(table, id.value()).description())
        .map(stored -> new ChainLog(store, ChainParser.read(stored)));
  }

  /** What a recovery point is a base of; none for most. */
  public List<Base> basesOf(String table, RecoveryPointId recoveryPoint) {
    return ids(table).stream()
        .filter(
            id ->
                store
                    .stat(new ContinuousKeys(table, id.value()).base(recoveryPoint.value()))
                    .isPresent())
        .flatMap(id -> find(table, id).stream())
        .flatMap(chain -> chain.base(recoveryPoint).stream())
        .toList();
  }

  /**
   * Begins a chain; doing so twice does no harm.
   *
   * @throws DynavaultException {@code LEASE_LOST} if there is another one of this id
   */
  public ChainLog create(Chain chain) {
    byte[] content = ChainParser.write(chain);
    String key = chain.keys().description();
    if (store.putIfAbsent(key, content).isEmpty()
        && StoredJson.find(store, key)
            .filter(stored -> Arrays.equals(stored.content(), content))
            .isEmpty()) {
      throw new DynavaultException(
          ErrorCode.LEASE_LOST,
          "unable to begin the continuous backup of table '%s': there is one of id '%s'"
              .formatted(chain.tableName(), chain.id()));
    }
    return new ChainLog(store, chain);
  }

  /**
   * Notes that a chain is a copy, before or after it is there; one that is noted as a copy of
   * another vault's stays so.
   */
  public void markCopied(Chain chain, CopyOrigin origin) {
    if (!origin.chain().equals(chain.id())) {
      throw new IllegalArgumentException("the origin of another chain: " + origin.chain());
    }
    store.putIfAbsent(chain.keys().copied(), CopyOriginParser.write(origin));
  }

  private List<ContinuousKeys> list(String prefix) {
    List<ContinuousKeys> found = new ArrayList<>();
    store.list(prefix, info -> ContinuousKeys.parseDescription(info.key()).ifPresent(found::add));
    found.sort(Comparator.comparing(ContinuousKeys::table).thenComparing(ContinuousKeys::chain));
    return found.stream().distinct().toList();
  }
}
