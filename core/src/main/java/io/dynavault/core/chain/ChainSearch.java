// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chain;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.export.ExportSpan;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the chains among exports of one table, whatever is known of them beside their spans.
 *
 * @param <T> an export; told apart by identity
 */
public final class ChainSearch<T> {
  private final Function<T, ExportSpan> span;
  private final List<T> bases = new ArrayList<>();
  private final List<T> windows = new ArrayList<>();
  private final Map<Instant, List<T>> beginningAt = new HashMap<>();

  /**
   * @param exports of one incarnation of a table, in any order
   */
  public ChainSearch(Collection<T> exports, Function<T, ExportSpan> span) {
    this.span = requireNonNull(span, "span is null");
    for (T export : exports) {
      if (span.apply(export) instanceof ExportSpan.Window window) {
        windows.add(export);
        beginningAt.computeIfAbsent(window.from(), from -> new ArrayList<>()).add(export);
      } else {
        bases.add(export);
      }
    }
  }

  /** The moment of which an export's end is. */
  public static Instant end(ExportSpan span) {
    return span instanceof ExportSpan.Window window
        ? window.to()
        : ((ExportSpan.Moment) span).exportTime();
  }

  /**
   * A chain to each export that can be reached from a full one, oldest first, itself the last: one
   * with the fewest windows.
   */
  public Map<T, List<T>> chains() {
    IdentityHashMap<T, List<T>> chains = new IdentityHashMap<>();
    Deque<List<T>> ends = new ArrayDeque<>();
    bases.forEach(base -> ends.add(List.of(base)));
    while (!ends.isEmpty()) {
      List<T> chain = ends.poll();
      T last = chain.get(chain.size() - 1);
      if (chains.putIfAbsent(last, chain) == null) {
        beginningAt
            .getOrDefault(end(span.apply(last)), List.of())
            .forEach(next -> ends.add(with(chain, next)));
      }
    }
    return chains;
  }

  /** Where the way back from a window ends: what is missing is an export that ends there. */
  public Instant breaksOffAt(T window) {
    Instant at = ((ExportSpan.Window) span.apply(window)).from();
    boolean further = true;
    while (further) {
      Instant end = at;
      Optional<Instant> before =
          windows.stream()
              .map(other -> (ExportSpan.Window) span.apply(other))
              .filter(other -> other.to().equals(end))
              .map(ExportSpan.Window::from)
              .min(Comparator.naturalOrder());
      further = before.isPresent();
      at = before.orElse(at);
    }
    return at;
  }

  private static <T> List<T> with(List<T> chain, T next) {
    List<T> longer = new ArrayList<>(chain);
    longer.add(next);
    return longer;
  }
}
