// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;

/** One Zstandard frame with a checksum of its content. */
final class ZstdEncoder implements Encoder {
  private final OpenSink sink;
  private final ZstdOutputStreamNoFinalizer zstd;

  ZstdEncoder(OutputStream sink, int level) throws IOException {
    this.sink = new OpenSink(sink);
    this.zstd = new ZstdOutputStreamNoFinalizer(this.sink, level);
    zstd.setChecksum(true);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    zstd.write(bytes, offset, length);
  }

  @Override
  public void finish() throws IOException {
    zstd.close();
  }

  @Override
  public void close() {
    sink.discard();
    try {
      zstd.close();
    } catch (IOException e) {
      throw new IllegalStateException("unable to free the zstd encoder", e);
    }
  }

  /** Keeps the caller's sink open; after {@link #discard} drops what an aborted frame leaves. */
  private static final class OpenSink extends OutputStream {
    private final OutputStream sink;
    private boolean discarding;

    OpenSink(OutputStream sink) {
      this.sink = sink;
    }

    void discard() {
      discarding = true;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!discarding) {
        sink.write(bytes, offset, length);
      }
    }
  }
}
