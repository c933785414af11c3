// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import java.time.Instant;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Id of a recovery point, in the form of AWS's export ids: 14 digits of epoch milliseconds, {@code
 * -}, 8 lower-case hex digits (aws-contract: export id). It sorts by time.
 */
public record RecoveryPointId(String value) implements Comparable<RecoveryPointId> {
  private static final Pattern FORM = Pattern.compile("[0-9]{14}-[0-9a-f]{8}");

  public RecoveryPointId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not the id of a recovery point: " + value);
    }
  }

  public static RecoveryPointId create(Instant startTime, RandomGenerator random) {
    return new RecoveryPointId(
        String.format(Locale.ROOT, "%014d-%08x", startTime.toEpochMilli(), random.nextInt()));
  }

  /** The time the backup began, in milliseconds. */
  public Instant startTime() {
    return Instant.ofEpochMilli(Long.parseLong(value.substring(0, 14)));
  }

  @Override
  public int compareTo(RecoveryPointId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
