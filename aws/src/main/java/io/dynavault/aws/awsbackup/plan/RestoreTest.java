// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * A restore testing plan: AWS restores recovery points on a schedule, to show that it can.
 *
 * @param startWindowHours within which a test has to start
 * @param pick which recovery point of each table
 * @param includeVaults ARNs of vaults, or {@code *}
 * @param excludeVaults ARNs of vaults that are left out
 * @param windowDays how old a recovery point may be
 */
public record RestoreTest(
    String name,
    PlanSchedule schedule,
    int startWindowHours,
    Pick pick,
    List<String> includeVaults,
    List<String> excludeVaults,
    int windowDays,
    List<Selection> selections) {
  /** What AWS takes where nothing is said. */
  public static final int DEFAULT_START_WINDOW_HOURS = 24;

  /** What AWS takes where nothing is said. */
  public static final int DEFAULT_WINDOW_DAYS = 30;

  public RestoreTest {
    requireNonNull(name, "name is null");
    requireNonNull(schedule, "schedule is null");
    requireNonNull(pick, "pick is null");
    includeVaults = includeVaults.stream().sorted().distinct().toList();
    excludeVaults = excludeVaults.stream().sorted().distinct().toList();
    selections = List.copyOf(selections);
  }

  /** Which recovery point of a table is restored. */
  public enum Pick {
    LATEST("latest", "LATEST_WITHIN_WINDOW"),
    RANDOM("random", "RANDOM_WITHIN_WINDOW");

    private final String text;
    private final String algorithm;

    Pick(String text, String algorithm) {
      this.text = text;
      this.algorithm = algorithm;
    }

    /** The word of the document. */
    public String text() {
      return text;
    }

    /** AWS's name for it. */
    public String algorithm() {
      return algorithm;
    }
  }

  /**
   * Which tables are tested.
   *
   * @param resources ARNs of tables, or {@code *} alone
   * @param equal conditions on tags where resources is {@code *}
   * @param notEqual conditions on tags where resources is {@code *}
   * @param overrides restore metadata, such as encryptionType
   * @param validationWindowHours how long the restored table stays to be looked at
   */
  public record Selection(
      String name,
      String role,
      List<String> resources,
      Map<String, String> equal,
      Map<String, String> notEqual,
      Map<String, String> overrides,
      int validationWindowHours) {
    public Selection {
      requireNonNull(name, "name is null");
      requireNonNull(role, "role is null");
      resources = resources.stream().sorted().distinct().toList();
      equal = Map.copyOf(equal);
      notEqual = Map.copyOf(notEqual);
      overrides = Map.copyOf(overrides);
    }
  }
}
