// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Decides which calls of a store go wrong. */
@FunctionalInterface
public interface Faults {

  /** The fault of the call; the first call of a store has number 1. */
  Optional<Fault> of(int call);

  static Faults none() {
    return call -> Optional.empty();
  }

  /** Every call has the fault. */
  static Faults always(Fault fault) {
    return call -> Optional.of(fault);
  }

  /** One call has the fault. */
  static Faults at(int number, Fault fault) {
    return call -> call == number ? Optional.of(fault) : Optional.empty();
  }

  /** This call and all later ones have the fault, as when a network is gone. */
  static Faults from(int number, Fault fault) {
    return call -> call >= number ? Optional.of(fault) : Optional.empty();
  }

  /** A share of the calls has one of the faults. The seed belongs into the test's output. */
  static Faults random(long seed, double share, List<Fault> faults) {
    Random random = new Random(seed);
    return call ->
        random.nextDouble() < share
            ? Optional.of(faults.get(random.nextInt(faults.size())))
            : Optional.empty();
  }
}
