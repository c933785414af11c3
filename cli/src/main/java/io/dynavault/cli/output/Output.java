// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.OutputMode.Colour;
import io.dynavault.cli.output.OutputMode.Format;
import io.dynavault.cli.output.OutputMode.Level;
import java.io.OutputStream;
import java.io.PrintStream;

/** The two streams of the command and what may be printed on them. Safe for several threads. */
public final class Output {
  private static final String YELLOW = "\u001b[33m";
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";

  /** A line that is too long for the terminal is cut off, not wrapped. */
  private static final String WRAP_OFF = "\u001b[?7l";

  private static final String WRAP_ON = "\u001b[?7h";
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final OutputMode mode;
  private String progressLine = "";

  public Output(PrintStream out, PrintStream err, OutputMode mode) {
    this.out = requireNonNull(out, "out is null");
    this.err = requireNonNull(err, "err is null");
    this.mode = requireNonNull(mode, "mode is null");
  }

  public OutputMode mode() {
    return mode;
  }

  public boolean isJson() {
    return mode.format() == Format.JSON;
  }

  /** Prints the result of a command that has exactly one. */
  public synchronized void show(View view) {
    if (isJson()) {
      out.println(Json.document(view.json()));
    } else {
      view.text(new Page(out::println));
    }
    out.flush();
  }

  /** The result, line by line, of a command that has parts of it before it ends. */
  public Page page() {
    return new Page(this::resultLine);
  }

  private synchronized void resultLine(String line) {
    out.println(line);
    out.flush();
  }

  /** Prints one of the JSON lines of a long operation; nothing when people are reading. */
  public synchronized void event(MessageType type, ObjectNode fields) {
    if (isJson()) {
      out.println(Json.line(Json.object().put("messageType", type.text()).setAll(fields)));
      out.flush();
    }
  }

  /** The raw standard output, for commands whose result is data. Not closed by the caller. */
  public OutputStream data() {
    return out;
  }

  /** Whether nobody reads standard output any more. */
  public boolean readerIsGone() {
    return out.checkError();
  }

  /** Says what is going on, to people who do not want quiet. */
  public void message(String text) {
    if (!isJson() && mode.level() != Level.QUIET) {
      error(Printable.escape(text));
    }
  }

  /** Says what is going on, to people who asked for it. */
  public void detail(String text) {
    if (mode.level() == Level.VERBOSE) {
      message(text);
    }
  }

  /** Says what somebody should look at. */
  public void warning(String text) {
    if (isJson()) {
      error(Json.line(Json.object().put("messageType", "warning").put("message", text)));
    } else {
      error(coloured(YELLOW, "warning:") + " " + Printable.escape(text));
    }
  }

  /** Prints a line that begins with {@code error:}. */
  public void errorLine(String text) {
    error(coloured(RED, "error:") + " " + Printable.escape(text));
  }

  /** Prints a failure and what to do about it, for people. */
  public synchronized void failure(String message, String hint) {
    errorLine(message);
    error("HINT: " + Printable.escape(hint));
  }

  /** Prints a line on standard error as it is. */
  public synchronized void error(String line) {
    eraseProgress();
    err.println(line);
    drawProgress();
    err.flush();
  }

  /** Draws the progress in place of the one before; an empty text removes it. */
  public synchronized void progress(String line) {
    eraseProgress();
    progressLine = line;
    drawProgress();
    err.flush();
  }

  private void eraseProgress() {
    if (!progressLine.isEmpty()) {
      err.print(CLEAR_LINE);
    }
  }

  private void drawProgress() {
    if (!progressLine.isEmpty()) {
      err.print(WRAP_OFF + progressLine + WRAP_ON);
    }
  }

  private String coloured(String colour, String text) {
    return mode.colour() == Colour.ON ? colour + text + RESET : text;
  }
}
