// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.testing.simulation.ProcessFaults.Place;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Draws what goes wrong in one run of the program, and counts it by kind. */
final class RandomFaults {
  private static final List<Place> PLACES = List.of(Place.values());
  private static final int LONGEST_RUN = 80;

  private final RandomGenerator random;
  private final Simulation world;
  private final Map<String, Integer> injected = new TreeMap<>();

  RandomFaults(RandomGenerator random, Simulation world) {
    this.random = random;
    this.world = world;
  }

  /** How often each kind of fault was injected until now. */
  synchronized Map<String, Integer> injected() {
    return new TreeMap<>(injected);
  }

  /** Faults of a run in which listings do not lie. */
  ProcessFaults honest(Runnable meanwhile) {
    return draw(honestKinds(meanwhile));
  }

  /** Faults of a run in which they may. */
  ProcessFaults any(Runnable meanwhile) {
    List<Fault> kinds = new ArrayList<>(honestKinds(meanwhile));
    kinds.add(Fault.shortListing(random.nextInt(3)));
    kinds.add(Fault.staleListing());
    kinds.add(Fault.repeatedListing());
    return draw(kinds);
  }

  private List<Fault> honestKinds(Runnable meanwhile) {
    return List.of(
        Fault.fail(ErrorCode.SERVICE_UNAVAILABLE),
        Fault.fail(ErrorCode.THROTTLED),
        Fault.loseAnswer(),
        Fault.loseAnswer(),
        Fault.deliverTwice(),
        Fault.cutDownloadAfter(random.nextInt(500)),
        Fault.flipBitAt(random.nextInt(1_000)),
        Fault.cutListingAfter(random.nextInt(3)),
        Fault.cutAnswer(),
        Fault.unprocessed(),
        Fault.before(new Late(world, Duration.ofSeconds(random.nextInt(1, 90)))),
        Fault.before(meanwhile));
  }

  /** An answer that comes late. */
  private record Late(Simulation world, Duration duration) implements Runnable {
    @Override
    public void run() {
      world.time().pass(duration);
    }
  }

  private ProcessFaults draw(List<Fault> kinds) {
    int mode = random.nextInt(10);
    if (mode < 2) {
      return ProcessFaults.none();
    }
    if (mode < 5) {
      Fault gone =
          Fault.fail(
              List.of(ErrorCode.SERVICE_UNAVAILABLE, ErrorCode.ACCESS_DENIED, ErrorCode.CREDENTIALS)
                  .get(random.nextInt(3)));
      Place place = PLACES.get(random.nextInt(PLACES.size()));
      return ProcessFaults.at(
          place, counted(Faults.from(random.nextInt(1, LONGEST_RUN), gone), "_FOR_GOOD"));
    }
    double share = random.nextDouble(0.005, 0.12);
    return new ProcessFaults(
        some(share, kinds), some(share, kinds), some(share, kinds), some(share, kinds));
  }

  private Faults some(double share, List<Fault> kinds) {
    return counted(Faults.random(random.nextLong(), share, kinds), "");
  }

  private Faults counted(Faults faults, String how) {
    return call -> {
      var fault = faults.of(call);
      fault.ifPresent(f -> count(name(f) + how));
      return fault;
    };
  }

  private synchronized void count(String kind) {
    injected.merge(kind, 1, Integer::sum);
  }

  private static String name(Fault fault) {
    if (fault instanceof Fault.Fail fail) {
      return fail.code().name();
    }
    if (fault instanceof Fault.Before before) {
      return before.action() instanceof Late ? "Late" : "Meanwhile";
    }
    return fault.getClass().getSimpleName();
  }
}
