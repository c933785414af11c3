// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A process that holds leases.
 *
 * @param id 16 random hex digits: tells processes apart that look alike
 * @param host name of its machine, for people
 * @param command what it was doing, for people; without arguments that could be secrets
 * @param processSpace where {@code pid} has a meaning: processes with the same space see each other
 * @param processStarted start time of the process, because a pid is used again
 */
public record Holder(
    String id,
    String host,
    long pid,
    String command,
    Optional<String> processSpace,
    Optional<Instant> processStarted) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

  public Holder {
    requireNonNull(host, "host is null");
    requireNonNull(command, "command is null");
    requireNonNull(processSpace, "processSpace is null");
    requireNonNull(processStarted, "processStarted is null");
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("the holder's id is not 16 hex digits");
    }
  }

  /** A holder that nobody can look up as a process. */
  public static Holder of(String host, long pid, String command, RandomGenerator random) {
    return new Holder(newId(random), host, pid, command, Optional.empty(), Optional.empty());
  }

  /** This process. */
  public static Holder thisProcess(String command, RandomGenerator random) {
    return LocalProcesses.describeThis(newId(random), command);
  }

  @Override
  public String toString() {
    return command + " (host " + host + ", process " + pid + ")";
  }

  private static String newId(RandomGenerator random) {
    return String.format(Locale.ROOT, "%016x", random.nextLong());
  }
}
