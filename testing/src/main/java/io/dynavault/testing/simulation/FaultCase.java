// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.testing.simulation.ProcessFaults.Place;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * One way for a use case to go wrong: a fault at one of its calls, or from that call on.
 *
 * @param beginning the world as it is before the use case runs, which is never changed
 * @param number of the call at its place, from 1
 * @param forGood whether all later calls have it, too
 */
public record FaultCase(
    Simulation beginning,
    UseCase useCase,
    Place place,
    int number,
    Operation operation,
    Fault fault,
    boolean forGood) {
  private static final List<Fault> ONCE =
      List.of(
          Fault.fail(ErrorCode.SERVICE_UNAVAILABLE),
          Fault.loseAnswer(),
          Fault.deliverTwice(),
          Fault.cutDownloadAfter(10),
          Fault.flipBitAt(40),
          Fault.cutListingAfter(1),
          Fault.shortListing(0),
          Fault.shortListing(1),
          Fault.staleListing(),
          Fault.repeatedListing(),
          Fault.cutAnswer(),
          Fault.unprocessed());

  private static final List<Fault> FOR_GOOD =
      List.of(
          Fault.fail(ErrorCode.SERVICE_UNAVAILABLE),
          Fault.fail(ErrorCode.ACCESS_DENIED),
          Fault.fail(ErrorCode.CREDENTIALS));

  public FaultCase {
    requireNonNull(beginning, "beginning is null");
    requireNonNull(useCase, "useCase is null");
    requireNonNull(place, "place is null");
    requireNonNull(operation, "operation is null");
    requireNonNull(fault, "fault is null");
  }

  /** Every fault at every call of the use case, by the calls that it makes when all goes well. */
  public static List<FaultCase> all(UseCase useCase) throws InterruptedException {
    RecordedCalls calls = new RecordedCalls();
    Simulation beginning = FaultTrial.prepared(useCase, 1);
    new FaultTrial(useCase, new Simulation(beginning)).run(calls.recorder());
    List<FaultCase> cases = new ArrayList<>();
    for (Place place : Place.values()) {
      List<Operation> operations = calls.at(place);
      for (int number = 1; number <= operations.size(); number++) {
        addAll(cases, new Call(beginning, useCase, place, number, operations.get(number - 1)));
      }
    }
    return cases;
  }

  /** A call that can go wrong. */
  private record Call(
      Simulation beginning, UseCase useCase, Place place, int number, Operation operation) {
    FaultCase with(Fault fault, boolean forGood) {
      return new FaultCase(beginning, useCase, place, number, operation, fault, forGood);
    }
  }

  private static void addAll(List<FaultCase> cases, Call call) {
    for (Fault fault : ONCE) {
      FaultCase one = call.with(fault, false);
      if (fault.appliesTo(call.operation()) && !one.nobodyCanTell()) {
        cases.add(one);
      }
    }
    if (call.place() == Place.ITEMS) {
      cases.add(call.with(Fault.fail(ErrorCode.THROTTLED), false));
    }
    cases.add(call.with(FOR_GOOD.get(call.number() % FOR_GOOD.size()), true));
  }

  /** A listing that leaves out the newest recovery point makes the one before it the newest. */
  private boolean nobodyCanTell() {
    return useCase.restores() && lies();
  }

  private boolean lies() {
    return fault instanceof Fault.ShortListing || fault instanceof Fault.StaleListing;
  }

  /** Runs the use case with it in a new world, makes good, and judges. */
  public void run() throws InterruptedException {
    Faults faults = forGood ? Faults.from(number, fault) : Faults.at(number, fault);
    FaultTrial trial = new FaultTrial(useCase, new Simulation(beginning));
    if (lies()) {
      trial.runWithLies(ProcessFaults.at(place, faults));
    } else {
      trial.run(ProcessFaults.at(place, faults));
    }
  }

  @Override
  public String toString() {
    return "%s: %s %s call %d %s of %s"
        .formatted(useCase, fault, forGood ? "from" : "at", number, operation, place);
  }
}
