// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.job;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * How the work on one of several subjects ended: with a result or with a failure that did not stop
 * the others.
 *
 * @param subject what was worked on, such as a table's name
 */
public record Outcome<R>(String subject, Optional<R> result, Optional<DynavaultException> failure) {
  public Outcome {
    requireNonNull(subject, "subject is null");
    if (result.isPresent() == failure.isPresent()) {
      throw new IllegalArgumentException("an outcome is a result or a failure");
    }
  }

  public boolean succeeded() {
    return result.isPresent();
  }

  /** Works on all subjects, some at a time; one that fails does not stop the others. */
  public static <R> List<Outcome<R>> ofEach(
      List<String> subjects, int atATime, StopSignal stop, Function<String, R> work)
      throws InterruptedException {
    List<Callable<Outcome<R>>> tasks = new ArrayList<>();
    for (String subject : subjects) {
      tasks.add(() -> of(subject, stop, work));
    }
    return new Parallel("subject", atATime).run(tasks);
  }

  private static <R> Outcome<R> of(String subject, StopSignal stop, Function<String, R> work) {
    if (stop.isRequested()) {
      return new Outcome<>(subject, Optional.empty(), Optional.of(stop.interrupted(subject)));
    }
    try {
      return new Outcome<>(subject, Optional.of(work.apply(subject)), Optional.empty());
    } catch (DynavaultException e) {
      return new Outcome<>(subject, Optional.empty(), Optional.of(e));
    } catch (RuntimeException e) {
      DynavaultException bug = new DynavaultException(ErrorCode.BUG, "unexpected failure: " + e, e);
      return new Outcome<>(subject, Optional.empty(), Optional.of(bug));
    }
  }
}
