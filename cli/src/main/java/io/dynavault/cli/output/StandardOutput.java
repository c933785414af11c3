// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers why it could not be written, which a print stream forgets: a
 * reader who has seen enough is no failure, a full disk is.
 */
public final class StandardOutput extends PrintStream {
  private static final int BUFFER_BYTES = 1 << 16;

  /** What the operating system says of a pipe that nobody reads any more, in English. */
  private static final String READER_GONE = "Broken pipe";

  private final Kind kind;
  private final Sink sink;

  /** Where the output goes. */
  public enum Kind {
    /** A pipe fails in one way only, in as many words as there are languages. */
    PIPE,
    OTHER
  }

  /** Buffers up to 64 KiB of UTF-8 before they go to the sink. */
  public StandardOutput(Kind kind, OutputStream sink) {
    this(kind, new Sink(sink));
  }

  private StandardOutput(Kind kind, Sink sink) {
    super(new BufferedOutputStream(sink, BUFFER_BYTES), false, StandardCharsets.UTF_8);
    this.kind = requireNonNull(kind, "kind is null");
    this.sink = sink;
  }

  /**
   * Writes out what is buffered.
   *
   * @return why not all that was printed has arrived; empty also if only its reader has gone
   */
  public Optional<DynavaultException> finish() {
    flush();
    return Optional.ofNullable(sink.failure)
        .filter(failure -> kind != Kind.PIPE && !READER_GONE.equals(failure.getMessage()))
        .map(
            failure ->
                new DynavaultException(
                    ErrorCode.STORE_FAILED,
                    "unable to write standard output: " + failure.getMessage(),
                    "what was printed is cut off: free space where it goes, and run it again",
                    failure));
  }

  private static final class Sink extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    Sink(OutputStream sink) {
      super(requireNonNull(sink, "sink is null"));
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        failure = failure == null ? e : failure;
        throw e;
      }
    }
  }
}
