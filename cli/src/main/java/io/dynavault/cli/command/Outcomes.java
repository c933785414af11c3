// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** How commands on several subjects end. */
public final class Outcomes {

  /** What a command works on. */
  public enum Subject {
    TABLE("table", "tableName"),
    RECOVERY_POINT("recovery point", "recoveryPointId"),
    /** Of a continuous backup. */
    CHAIN("chain", "chain");

    private final String noun;
    private final String field;

    Subject(String noun, String field) {
      this.noun = noun;
      this.field = field;
    }
  }

  private Outcomes() {}

  /**
   * Prints the failures and the summary. The only failure of the only subject is that of the
   * command.
   *
   * @param summary what is summed up; counts of successes and failures are added
   * @throws DynavaultException where nothing succeeded
   */
  public static <R> ExitStatus report(
      Output output, Subject subject, List<Outcome<R>> outcomes, ObjectNode summary) {
    return report(output, subject, outcomes, () -> summary);
  }

  /**
   * The same.
   *
   * @param summary asked for when everything else is printed
   */
  public static <R> ExitStatus report(
      Output output, Subject subject, List<Outcome<R>> outcomes, Supplier<ObjectNode> summary) {
    List<Outcome<R>> failed = outcomes.stream().filter(o -> !o.succeeded()).toList();
    if (outcomes.size() == 1 && failed.size() == 1) {
      throw failed.get(0).failure().orElseThrow();
    }
    failed.forEach(outcome -> print(output, subject, outcome));
    int succeeded = outcomes.size() - failed.size();
    output.event(
        MessageType.SUMMARY,
        summary.get().put("succeeded", succeeded).put("failed", failed.size()));
    if (failed.isEmpty()) {
      return ExitStatus.OK;
    }
    if (succeeded == 0) {
      throw allFailed(subject, failed);
    }
    return ExitStatus.INCOMPLETE;
  }

  /**
   * The results, where there is one of every subject; for commands that do nothing unless they can
   * do everything. The only failure of the only subject is that of the command.
   *
   * @throws DynavaultException after printing the failures
   */
  public static <R> List<R> requireAll(Output output, Subject subject, List<Outcome<R>> outcomes) {
    List<Outcome<R>> failed = outcomes.stream().filter(o -> !o.succeeded()).toList();
    if (failed.isEmpty()) {
      return outcomes.stream().map(outcome -> outcome.result().orElseThrow()).toList();
    }
    if (outcomes.size() == 1) {
      throw failed.get(0).failure().orElseThrow();
    }
    failed.forEach(outcome -> print(output, subject, outcome));
    throw new DynavaultException(
        commonCode(failed).orElse(ErrorCode.ALL_FAILED),
        String.format(
            Locale.ROOT,
            "nothing was done: %d of %d %ss failed the checks",
            failed.size(),
            outcomes.size(),
            subject.noun),
        "correct what is listed above, or leave those out");
  }

  private static <R> void print(Output output, Subject subject, Outcome<R> outcome) {
    DynavaultException e = outcome.failure().orElseThrow();
    if (output.isJson()) {
      output.event(
          MessageType.ERROR,
          Json.object()
              .put(subject.field, outcome.subject())
              .put("error", e.code().name())
              .put("message", e.getMessage())
              .put("hint", e.hint()));
    } else {
      output.failure(named(subject, outcome.subject(), String.valueOf(e.getMessage())), e.hint());
    }
  }

  /** Of many, it has to be told which one has failed. */
  private static String named(Subject subject, String name, String message) {
    return message.contains("'" + name + "'")
        ? message
        : "%s '%s': %s".formatted(subject.noun, name, message);
  }

  /** The common reason where there is one; scripts can tell it from others. */
  private static <R> DynavaultException allFailed(Subject subject, List<Outcome<R>> failed) {
    String message = String.format(Locale.ROOT, "all %d %ss failed", failed.size(), subject.noun);
    return new DynavaultException(commonCode(failed).orElse(ErrorCode.ALL_FAILED), message);
  }

  private static <R> Optional<ErrorCode> commonCode(List<Outcome<R>> failed) {
    List<ErrorCode> codes =
        failed.stream().map(outcome -> outcome.failure().orElseThrow().code()).distinct().toList();
    return codes.size() == 1 ? Optional.of(codes.get(0)) : Optional.empty();
  }
}
