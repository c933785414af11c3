// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import io.dynavault.core.lease.ProcessProbe.Life;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The processes that this one can see. Host names are not enough to know that: containers share
 * them. Linux names the boot and the PID namespace, which are unique; elsewhere nothing is known
 * for sure and nothing is claimed.
 */
final class LocalProcesses {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PID_NAMESPACE = Path.of("/proc/self/ns/pid");

  private LocalProcesses() {}

  static Holder describeThis(String id, String command) {
    ProcessHandle self = ProcessHandle.current();
    return new Holder(id, hostName(), self.pid(), command, processSpace(), startOf(self));
  }

  static Life lifeOf(Holder holder) {
    if (holder.processSpace().isEmpty() || !holder.processSpace().equals(processSpace())) {
      return Life.UNKNOWN;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(holder.pid());
    if (process.isEmpty() || !process.get().isAlive()) {
      return Life.DEAD;
    }
    Optional<Instant> start = startOf(process.get());
    if (start.isEmpty() || holder.processStarted().isEmpty()) {
      return Life.UNKNOWN;
    }
    return start.equals(holder.processStarted()) ? Life.ALIVE : Life.DEAD;
  }

  private static Optional<Instant> startOf(ProcessHandle process) {
    return process.info().startInstant();
  }

  private static Optional<String> processSpace() {
    try {
      String boot = Files.readString(BOOT_ID).trim();
      String namespace = Files.readSymbolicLink(PID_NAMESPACE).toString();
      return Optional.of(boot + " " + namespace);
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
