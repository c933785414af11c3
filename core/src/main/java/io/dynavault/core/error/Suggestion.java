// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Suggestion {

  private Suggestion() {}

  /** The word that is nearest to the given one, or empty when none is near. */
  public static Optional<String> nearest(String word, Collection<String> words) {
    int limit = Math.max(1, word.length() / 3);
    return words.stream()
        .filter(candidate -> distance(word, candidate) <= limit)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** {@code (did you mean 'x'?)} with a blank before it, or nothing. */
  public static String phrase(String word, Collection<String> words) {
    return nearest(word, words).map(candidate -> " (did you mean '" + candidate + "'?)").orElse("");
  }

  /** Insertions, deletions, substitutions and swaps of neighbours between two words. */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int row = 0; row <= a.length(); row++) {
      for (int column = 0; column <= b.length(); column++) {
        cost[row][column] = row == 0 || column == 0 ? row + column : cell(cost, a, b, row, column);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cell(int[][] cost, String a, String b, int row, int column) {
    int change = a.charAt(row - 1) == b.charAt(column - 1) ? 0 : 1;
    int best =
        Math.min(
            Math.min(cost[row - 1][column], cost[row][column - 1]) + 1,
            cost[row - 1][column - 1] + change);
    boolean swapped =
        row > 1
            && column > 1
            && a.charAt(row - 1) == b.charAt(column - 2)
            && a.charAt(row - 2) == b.charAt(column - 1);
    return swapped ? Math.min(best, cost[row - 2][column - 2] + 1) : best;
  }
}
