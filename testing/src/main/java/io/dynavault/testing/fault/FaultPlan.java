// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.fault;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Decides for each request whether it fails, and how. Asked once per request, from any thread. */
@FunctionalInterface
public interface FaultPlan {
  Optional<Fault> faultFor(ProxiedRequest request);

  static FaultPlan none() {
    return request -> Optional.empty();
  }

  /** Fails the n-th matching request, counted from 1. */
  static FaultPlan at(int n, Predicate<ProxiedRequest> matching, Fault fault) {
    return between(n, n, matching, fault);
  }

  /** Fails the first n matching requests. */
  static FaultPlan first(int n, Predicate<ProxiedRequest> matching, Fault fault) {
    return between(1, n, matching, fault);
  }

  /** Fails the n-th matching request, counted from 1, and all after it. */
  static FaultPlan from(int n, Predicate<ProxiedRequest> matching, Fault fault) {
    return between(n, Integer.MAX_VALUE, matching, fault);
  }

  private static FaultPlan between(
      int first, int last, Predicate<ProxiedRequest> matching, Fault fault) {
    AtomicInteger count = new AtomicInteger();
    return request -> {
      if (!matching.test(request)) {
        return Optional.empty();
      }
      int number = count.incrementAndGet();
      return number >= first && number <= last ? Optional.of(fault) : Optional.empty();
    };
  }

  /**
   * Fails matching requests by chance, each with one of the faults. The decision depends on the
   * seed and the number of the request.
   *
   * @param share of the requests that fail, from 0 to 1
   */
  static FaultPlan random(
      long seed, double share, Predicate<ProxiedRequest> matching, List<Fault> faults) {
    List<Fault> choices = List.copyOf(faults);
    return request -> {
      SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + request.number());
      if (!matching.test(request) || random.nextDouble() >= share) {
        return Optional.empty();
      }
      return Optional.of(choices.get(random.nextInt(choices.size())));
    };
  }

  /** This plan's fault, or else the other's. */
  default FaultPlan or(FaultPlan other) {
    return request -> {
      Optional<Fault> mine = faultFor(request);
      Optional<Fault> theirs = other.faultFor(request);
      return mine.isPresent() ? mine : theirs;
    };
  }
}
