// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process at work. */
final class Running {
  /** Many times what the longest command takes on a busy machine. */
  private static final long TIMEOUT_SECONDS = 120;

  private final Process process;
  private final String command;
  private final List<String> secrets;
  private final Output out;
  private final Output err;

  Running(Process process, String command, List<String> secrets) throws IOException {
    this.process = requireNonNull(process, "process is null");
    this.command = requireNonNull(command, "command is null");
    this.secrets = List.copyOf(secrets);
    process.getOutputStream().close();
    this.out = new Output(process.inputReader(UTF_8), "out of " + command);
    this.err = new Output(process.errorReader(UTF_8), "err of " + command);
  }

  /** Waits for a text on standard output. */
  Running awaitOut(String text) {
    return await(out, text);
  }

  /** Waits for a text on standard error. */
  Running awaitErr(String text) {
    return await(err, text);
  }

  private Running await(Output output, String text) {
    if (!output.await(text, TIMEOUT_SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("'" + text + "' was not printed\n" + finish());
    }
    return this;
  }

  /** What has been printed on standard output so far. */
  String outSoFar() {
    return out.text();
  }

  /** Sends a signal such as {@code INT}. The launcher's process is the JVM's. */
  Running signal(String name) {
    try {
      int exitCode =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
      if (exitCode != 0) {
        throw new AssertionError("unable to send the signal " + name + " to " + command);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it ends by itself within this time. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Sends SIGKILL, if it has not ended by itself. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end, and sees that no secret was printed. */
  Finished finish() {
    try {
      boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      Finished finished = new Finished(command, process.exitValue(), out.whole(), err.whole());
      if (!ended) {
        throw new AssertionError("did not end within " + TIMEOUT_SECONDS + " s\n" + finished);
      }
      for (String secret : secrets) {
        if (finished.out().contains(secret) || finished.err().contains(secret)) {
          throw new AssertionError("printed a secret\n" + finished);
        }
      }
      return finished;
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a stream of the process has brought, read by a thread of its own. */
  private static final class Output {
    private final StringBuilder text = new StringBuilder();
    private final Thread thread;
    private boolean ended;

    Output(Reader reader, String name) {
      thread = new Thread(() -> read(reader), name);
      thread.setDaemon(true);
      thread.start();
    }

    private void read(Reader reader) {
      char[] buffer = new char[8192];
      try (reader) {
        for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
          synchronized (this) {
            text.append(buffer, 0, read);
            notifyAll();
          }
        }
      } catch (IOException e) {
        // The process was killed.
      } finally {
        synchronized (this) {
          ended = true;
          notifyAll();
        }
      }
    }

    synchronized String text() {
      return text.toString();
    }

    synchronized boolean await(String part, long seconds) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      try {
        while (text.indexOf(part) < 0) {
          long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (ended || left <= 0) {
            return false;
          }
          wait(left);
        }
        return true;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    String whole() throws InterruptedException, TimeoutException {
      thread.join(TimeUnit.SECONDS.toMillis(10));
      if (thread.isAlive()) {
        throw new TimeoutException("something still holds the process's output open");
      }
      return text();
    }
  }
}
