// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** Decides which calls go wrong, and how. Asked once per call, by one thread at a time. */
@FunctionalInterface
public interface Faults {

  /** The fault of the call. */
  Optional<Fault> of(Call call);

  static Faults none() {
    return call -> Optional.empty();
  }

  /** Every call has the fault. */
  static Faults always(Fault fault) {
    return call -> Optional.of(fault);
  }

  /** One call has the fault. */
  static Faults at(int number, Fault fault) {
    return call -> call.number() == number ? Optional.of(fault) : Optional.empty();
  }

  /** This call and all later ones have the fault, as when a network is gone. */
  static Faults from(int number, Fault fault) {
    return call -> call.number() >= number ? Optional.of(fault) : Optional.empty();
  }

  /**
   * A share of the calls has one of the faults that apply to it. What is decided depends on the
   * seed, on what the call does and on how often it was made before, not on the order in which
   * threads come. The seed belongs into the test's output.
   */
  static Faults random(long seed, double share, List<Fault> faults) {
    List<Fault> all = List.copyOf(faults);
    Map<String, Integer> made = new HashMap<>();
    return call -> {
      String what = call.operation() + " " + call.subject();
      SplittableRandom random =
          new SplittableRandom(seed ^ hash(what + " " + made.merge(what, 1, Integer::sum)));
      if (random.nextDouble() >= share) {
        return Optional.empty();
      }
      List<Fault> fitting = all.stream().filter(f -> f.appliesTo(call.operation())).toList();
      return fitting.isEmpty()
          ? Optional.empty()
          : Optional.of(fitting.get(random.nextInt(fitting.size())));
    };
  }

  private static long hash(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(UTF_8));
    return crc.getValue() * 0x9E3779B97F4A7C15L;
  }
}
