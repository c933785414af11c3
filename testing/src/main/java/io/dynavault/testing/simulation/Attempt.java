// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Optional;

/** Runs the program and takes down what it says: a typed failure, or success. */
final class Attempt {
  private Attempt() {}

  /** What a run of the program does. */
  @FunctionalInterface
  interface Work {
    Report run(SimulatedProcess process) throws InterruptedException;
  }

  /** Fails the test if the program fails in a way that it has no words for. */
  static Report of(Simulation world, ProcessFaults faults, Work work) {
    try (SimulatedProcess process = world.begin(faults)) {
      return work.run(process);
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.BUG) {
        throw new AssertionError("the program took a fault for its own", e);
      }
      return new Report(Optional.of(e));
    } catch (RuntimeException | InterruptedException e) {
      throw new AssertionError("the program ended without saying why", e);
    }
  }
}
