// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.config.ConfigException;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.Printable;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParameterException;

/** Prints how a command failed and what to do about it. Every method returns the exit code. */
final class ErrorReport {
  private final Output output;

  ErrorReport(Output output) {
    this.output = requireNonNull(output, "output is null");
  }

  /** A command line that cannot be understood. */
  int usage(ParameterException e) {
    UsageProblem problem = UsageProblem.of(e);
    String help = e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    if (output.isJson()) {
      String hint = problem.hint().orElse("try: " + help);
      output.error(Json.line(exitError(ErrorCode.USAGE, problem.message(), hint)));
    } else {
      output.errorLine(problem.message());
      problem.hint().ifPresent(this::hintLine);
      output.error("Try: " + help);
    }
    return ErrorCode.USAGE.exitCode();
  }

  /** A failure that the product knows. */
  int failure(DynavaultException e) {
    if (output.isJson()) {
      ObjectNode error = exitError(e.code(), message(e), e.hint());
      addProblems(error, e);
      output.error(Json.line(error));
    } else {
      output.errorLine(headline(e));
      problems(e).forEach(problem -> output.error("  " + Printable.escape(problem)));
      hintLine(e.hint());
    }
    return e.code().exitCode();
  }

  /** A failure that nobody foresaw. */
  int bug(Throwable e, String command, Map<String, String> given) {
    String message = "unexpected failure: " + e;
    String hint = ErrorCode.BUG.hint();
    if (output.isJson()) {
      ObjectNode error = exitError(ErrorCode.BUG, message, hint);
      error.put("version", Version.current()).put("command", command);
      error.set("options", Json.texts(given));
      error.put("stack", stack(e));
      output.error(Json.line(error));
    } else {
      output.errorLine(message);
      output.error(
          "version: dynavault %s, Java %s".formatted(Version.current(), Runtime.version()));
      output.error("command: " + command);
      output.error("options: " + Printable.escape(given.toString()));
      stack(e).lines().forEach(line -> output.error(Printable.escape(line.replace("\t", "  "))));
      hintLine(hint);
    }
    return ErrorCode.BUG.exitCode();
  }

  private void hintLine(String hint) {
    output.error("HINT: " + Printable.escape(hint));
  }

  private static String headline(DynavaultException e) {
    return e instanceof ConfigException config && config.problems().size() > 1
        ? "invalid configuration:"
        : message(e);
  }

  private static List<String> problems(DynavaultException e) {
    return e instanceof ConfigException config && config.problems().size() > 1
        ? config.problems()
        : List.of();
  }

  private static void addProblems(ObjectNode error, DynavaultException e) {
    if (e instanceof ConfigException config) {
      ArrayNode problems = error.putArray("problems");
      config.problems().forEach(problems::add);
    }
  }

  private static ObjectNode exitError(ErrorCode code, String message, String hint) {
    return Json.object()
        .put("messageType", "exitError")
        .put("code", code.exitCode())
        .put("error", code.name())
        .put("message", message)
        .put("hint", hint);
  }

  private static String message(DynavaultException e) {
    String message = e.getMessage();
    return message == null ? e.code().name() : message;
  }

  private static String stack(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
