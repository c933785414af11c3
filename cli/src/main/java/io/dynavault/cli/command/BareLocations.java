// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.core.chain.ChainSearch;
import io.dynavault.core.content.BareChain;
import io.dynavault.core.content.BareExport;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The exports that locations mean: each is an export, or a prefix that exports lie below. What an
 * incremental export builds on is looked for beside it as well.
 */
final class BareLocations {
  private final List<BareExport> named = new ArrayList<>();
  private final Map<String, BareExport> all = new LinkedHashMap<>();
  private boolean prefixes;

  /**
   * Adds what is at a place.
   *
   * @throws DynavaultException {@code EXPORT_NOT_FOUND} if there is nothing
   */
  void add(ObjectStore store, String key) {
    Optional<BareExport> export = BareExport.find(store, key);
    if (export.isPresent()) {
      named.add(known(export.get()));
      if (!BareChain.isFull(export.get())) {
        export.get().withSiblings().forEach(this::known);
      }
      return;
    }
    List<BareExport> below = BareExport.below(store, key);
    if (below.isEmpty()) {
      ExportContent.open(store, key); // says what is missing, be it the bucket
    }
    below.forEach(this::known);
    prefixes = true;
  }

  /**
   * The chain that is meant: to the newest state of what is below the prefixes, or else to the one
   * of the newest of the exports that are named.
   *
   * @param at no later state; empty for the newest
   * @throws DynavaultException {@code EXPORT_NOT_FOUND} where a window is missing; {@code USAGE}
   *     where a named export is none of the chain
   */
  BareChain chain(Optional<Instant> at) {
    if (prefixes || at.isPresent()) {
      BareChain chain = BareChain.newest(all.values(), at);
      if (at.isEmpty()) {
        requireAllNamed(chain);
      }
      return chain;
    }
    BareExport last =
        named.stream()
            .max(Comparator.comparing(export -> ChainSearch.end(export.summary().span())))
            .orElseThrow();
    BareChain chain = BareChain.endingWith(last, all.values());
    requireAllNamed(chain);
    return chain;
  }

  private void requireAllNamed(BareChain chain) {
    for (BareExport export : named) {
      if (!chain.exports().contains(export)) {
        BareExport last = chain.exports().get(chain.exports().size() - 1);
        throw new DynavaultException(
            ErrorCode.USAGE,
            "unable to read the exports as one: '%s' is no part of the chain that ends with '%s'"
                .formatted(export.folder(), last.folder()),
            "leave it out, or give a state with --at");
      }
    }
  }

  /** Each once, however many locations lead there: exports are told apart by identity. */
  private BareExport known(BareExport export) {
    String place = export.store().location() + " " + export.folder();
    BareExport before = all.putIfAbsent(place, export);
    return before == null ? export : before;
  }
}
