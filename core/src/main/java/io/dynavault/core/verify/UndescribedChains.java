// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import io.dynavault.format.layout.ContinuousKeys;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chains of continuous backups whose description is lost: nobody else finds them. A description is
 * the first object that a chain has and, but for the note that it is a copy, the last that goes.
 */
final class UndescribedChains {
  private final Map<ContinuousKeys, String> found =
      new TreeMap<>(Comparator.comparing(ContinuousKeys::folder));

  /** Takes every key of the vault, or of a table's chains. */
  void look(String key) {
    ContinuousKeys.parse(key)
        .filter(chain -> !key.equals(chain.copied()))
        .ifPresent(chain -> found.putIfAbsent(chain, key));
  }

  /** An error for each of them; one that has been deleted meanwhile is none. */
  List<Finding> findings(SecondLook second) {
    return found.entrySet().stream()
        .filter(chain -> second.stat(chain.getKey().description()).isEmpty())
        .filter(chain -> second.stat(chain.getValue()).isPresent())
        .map(chain -> finding(chain.getKey()))
        .toList();
  }

  private static Finding finding(ContinuousKeys chain) {
    return Finding.error(
        chain.description(),
        "the description of a continuous backup is missing: nothing of it is found",
        Remedies.description(chain.table()));
  }
}
