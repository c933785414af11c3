// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static java.util.Objects.requireNonNull;

import io.dynavault.testing.simulation.ProcessFaults.Place;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes down the calls of a run with which nothing goes wrong. */
public final class RecordedCalls {
  private final Map<Place, List<Operation>> calls = new EnumMap<>(Place.class);

  public RecordedCalls() {
    for (Place place : Place.values()) {
      calls.put(place, Collections.synchronizedList(new ArrayList<>()));
    }
  }

  /** What to give to the run. */
  public ProcessFaults recorder() {
    return new ProcessFaults(
        recorder(Place.VAULT),
        recorder(Place.OTHER_VAULT),
        recorder(Place.ITEMS),
        recorder(Place.TABLES));
  }

  /** The calls at a place, in their order. */
  public List<Operation> at(Place place) {
    return List.copyOf(calls.getOrDefault(place, List.of()));
  }

  private Faults recorder(Place place) {
    List<Operation> made = requireNonNull(calls.get(place), "place is unknown");
    return call -> {
      made.add(call.operation());
      return Optional.empty();
    };
  }
}
