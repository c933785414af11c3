// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What goes wrong with the next calls of each operation. */
final class Script {

  /** One thing that goes wrong. */
  sealed interface Trouble {}

  /** An error instead of the operation. */
  record Refusal(AwsError error) implements Trouble {}

  /** The connection ends before the operation. */
  record LostRequest() implements Trouble {}

  /** The connection ends after the operation, which the client cannot know. */
  record LostAnswer() implements Trouble {}

  /** Nothing happens, and the connection stays open until the stub is closed. */
  record Silence() implements Trouble {}

  private final Map<String, Deque<Trouble>> troubles = new HashMap<>();

  synchronized void add(String operation, Trouble trouble, int times) {
    for (int i = 0; i < times; i++) {
      troubles.computeIfAbsent(operation, name -> new ArrayDeque<>()).add(trouble);
    }
  }

  synchronized Optional<Trouble> next(String operation) {
    Deque<Trouble> next = troubles.get(operation);
    return next == null ? Optional.empty() : Optional.ofNullable(next.poll());
  }
}
