// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.chain.ChainSearch;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.export.ExportSpan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A full export and the windows of changes that follow it, none of which has a record: what AWS has
 * written somewhere.
 *
 * @param exports oldest first; the first one is full, the others are windows
 */
public record BareChain(List<BareExport> exports) {
  public BareChain {
    exports = List.copyOf(exports);
    if (exports.isEmpty()) {
      throw new IllegalArgumentException("a chain begins with a full export");
    }
  }

  /**
   * The chain that leads to an export.
   *
   * @param wanted one of them
   * @param exports all that was found
   * @throws DynavaultException {@code EXPORT_NOT_FOUND} where a window is missing
   */
  public static BareChain endingWith(BareExport wanted, Collection<BareExport> exports) {
    List<BareExport> ofTable =
        exports.stream().filter(other -> tableId(other).equals(tableId(wanted))).toList();
    // The very one of the list: exports are told apart by identity.
    BareExport end =
        ofTable.stream()
            .filter(other -> other.equals(wanted))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("not one of them: " + wanted.folder()));
    if (end.summary().span() instanceof ExportSpan.Moment) {
      return new BareChain(List.of(end));
    }
    ChainSearch<BareExport> search = new ChainSearch<>(ofTable, BareChain::span);
    List<BareExport> chain = search.chains().get(end);
    if (chain == null) {
      throw hole(end, search.breaksOffAt(end));
    }
    return new BareChain(chain);
  }

  /**
   * The chain to the newest state that the exports of one table have.
   *
   * @param latest no state after this one is meant; empty for the newest
   * @throws DynavaultException {@code EXPORT_NOT_FOUND} where there is none, or a window that leads
   *     to it is missing; {@code USAGE} where they are of several tables
   */
  public static BareChain newest(Collection<BareExport> exports, Optional<Instant> latest) {
    requireOneTable(exports);
    BareExport newest =
        exports.stream()
            .filter(export -> latest.isEmpty() || !end(export).isAfter(latest.get()))
            // of a window and a full export of the same moment the full one, which is read faster
            .max(Comparator.comparing(BareChain::end).thenComparing(BareChain::isFull))
            .orElseThrow(() -> none(latest));
    return endingWith(newest, exports);
  }

  /** Opens it for reading; nobody but the caller closes the stores. */
  public ItemContent open() {
    ExportContent base = exports.get(0).open();
    if (exports.size() == 1) {
      return base;
    }
    return ChainContent.open(
        base, exports.stream().skip(1).map(BareExport::open).toList(), end(last()), notes());
  }

  private BareExport last() {
    return exports.get(exports.size() - 1);
  }

  /**
   * The span by which exports are joined. Windows begin and end with whole seconds; a full export
   * that was not told its time is of the millisecond at which it was asked for (DynamoDB Developer
   * Guide, "DynamoDB table export output format"), so it goes with the window of its second.
   */
  private static ExportSpan span(BareExport export) {
    ExportSpan span = export.summary().span();
    return span instanceof ExportSpan.Moment moment
        ? new ExportSpan.Moment(moment.exportTime().truncatedTo(ChronoUnit.SECONDS))
        : span;
  }

  /** What is not known where base and first window overlap by a part of a second. */
  private List<String> notes() {
    Instant time = end(exports.get(0));
    Instant second = time.truncatedTo(ChronoUnit.SECONDS);
    return exports.size() == 1 || time.equals(second)
        ? List.of()
        : List.of(
            "full export '%s' is of %s, the changes after it are from %s on: of an item that was put in between and deleted before %s nobody knows that it is gone"
                .formatted(exports.get(0).folder(), time, second, end(exports.get(1))));
  }

  private static Instant end(BareExport export) {
    return ChainSearch.end(export.summary().span());
  }

  /** Whether an export has all items, not the changes of a window. */
  public static boolean isFull(BareExport export) {
    return span(export) instanceof ExportSpan.Moment;
  }

  private static String tableId(BareExport export) {
    return export.summary().tableId();
  }

  private static void requireOneTable(Collection<BareExport> exports) {
    long ids = exports.stream().map(BareChain::tableId).distinct().count();
    if (ids > 1) {
      String tables =
          exports.stream()
              .map(export -> export.summary().tableArn())
              .collect(Collectors.toCollection(TreeSet::new))
              .stream()
              .collect(Collectors.joining("', '"));
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to choose among the exports of %d tables: '%s'".formatted(ids, tables),
          "give the location of the export to end with; what it builds on is found beside it");
    }
  }

  private static DynavaultException none(Optional<Instant> latest) {
    return new DynavaultException(
        ErrorCode.EXPORT_NOT_FOUND,
        "unable to find an export"
            + latest.map(time -> " of a state that is not later than " + time).orElse(""));
  }

  private static DynavaultException hole(BareExport wanted, Instant at) {
    return new DynavaultException(
        ErrorCode.EXPORT_NOT_FOUND,
        "unable to use export '%s': there is neither a full export of %s nor a window that ends there"
            .formatted(wanted.folder(), at),
        "give the location of that export, too; or, with --at %s, a state before the gap"
            .formatted(at));
  }
}
