// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.time.temporal.ChronoUnit.SECONDS;
import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the one record that a selector means. An unreadable record that could have been the one is
 * an error: an older one in its place would be a silent mistake.
 */
final class CatalogSearch {
  private static final int MAX_CANDIDATES = 10;

  /** 35 days (DynamoDB Developer Guide, "Point-in-time recovery") and one for clocks. */
  private static final Duration LONGEST_RECOVERY = Duration.ofDays(36);

  private final ObjectStore store;
  private final String of;

  /**
   * @param of what is searched, for messages, such as {@code " of table 'orders'"}
   */
  CatalogSearch(ObjectStore store, String of) {
    this.store = requireNonNull(store, "store is null");
    this.of = requireNonNull(of, "of is null");
  }

  /**
   * @param refs all that come into question, by table and then oldest first
   */
  CatalogEntry find(List<RecordRef> refs, Selector selector) {
    if (selector instanceof Selector.IdPrefix id) {
      return byPrefix(refs, id);
    }
    checkOneTable(refs, selector);
    Instant at = selector instanceof Selector.At time ? time.time() : Instant.MAX;
    Optional<CatalogEntry> best = Optional.empty();
    for (int newest = refs.size() - 1; newest >= 0; newest--) {
      RecordRef ref = refs.get(newest);
      if (mayBeOf(ref, at)) {
        Optional<CatalogEntry> entry =
            Catalog.read(store, ref).filter(found -> !found.point().endTime().isAfter(at));
        best = later(best, entry);
        if (entry.isPresent() && !isOfThePast(entry.get())) {
          break; // what began before it holds an earlier state
        }
      }
    }
    return best.orElseThrow(() -> notFound(selector));
  }

  /** AWS exports the past, but no further back than point-in-time recovery goes. */
  private static boolean mayBeOf(RecordRef ref, Instant at) {
    return at.equals(Instant.MAX) || !ref.id().startTime().isAfter(at.plus(LONGEST_RECOVERY));
  }

  /** Whether its state is older than its id says: an export of an earlier moment, or a window. */
  private static boolean isOfThePast(CatalogEntry entry) {
    return entry.point().endTime().isBefore(entry.id().startTime().truncatedTo(SECONDS));
  }

  private static Optional<CatalogEntry> later(
      Optional<CatalogEntry> one, Optional<CatalogEntry> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    boolean otherIsLater = other.get().point().endTime().isAfter(one.get().point().endTime());
    return otherIsLater ? other : one;
  }

  private CatalogEntry byPrefix(List<RecordRef> refs, Selector.IdPrefix selector) {
    List<RecordRef> matching =
        refs.stream().filter(ref -> ref.id().value().startsWith(selector.prefix())).toList();
    if (matching.size() > 1) {
      throw ambiguous(selector, matching);
    }
    return matching.stream()
        .findFirst()
        .flatMap(ref -> Catalog.read(store, ref))
        .orElseThrow(() -> notFound(selector));
  }

  private void checkOneTable(List<RecordRef> refs, Selector selector) {
    List<String> tables = refs.stream().map(RecordRef::tableName).distinct().toList();
    if (tables.size() > 1) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_AMBIGUOUS,
          "unable to select recovery point '"
              + selector
              + "': the vault holds several tables: "
              + some(tables),
          "name the table with --table");
    }
  }

  private DynavaultException ambiguous(Selector selector, List<RecordRef> matching) {
    List<String> candidates =
        matching.stream().map(ref -> ref.id() + " (" + ref.tableName() + ")").toList();
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_AMBIGUOUS,
        "unable to select recovery point '" + selector + "': it could be " + some(candidates));
  }

  private DynavaultException notFound(Selector selector) {
    return new DynavaultException(
        ErrorCode.RECOVERY_POINT_NOT_FOUND,
        "unable to find recovery point '" + selector + "'" + of + ": there is none");
  }

  private static String some(List<String> names) {
    String shown = names.stream().limit(MAX_CANDIDATES).collect(Collectors.joining(", "));
    int more = names.size() - MAX_CANDIDATES;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
