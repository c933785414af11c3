// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import java.time.Duration;
import java.util.Optional;

/** Processes on other machines, and the settings they share. */
public final class TestingHolders {
  public static final Duration TTL = Duration.ofSeconds(30);

  private TestingHolders() {}

  public static Holder holder(String host) {
    String id = String.format("%016x", host.hashCode() & 0xffffffffL);
    return new Holder(id, host, 42, "backup", Optional.empty(), Optional.empty());
  }

  public static LeaseSettings settings(TestingTime time) {
    return settings(time, ProcessProbe.none());
  }

  public static LeaseSettings settings(TestingTime time, ProcessProbe processes) {
    return new LeaseSettings(TTL, time, time, time, processes);
  }
}
