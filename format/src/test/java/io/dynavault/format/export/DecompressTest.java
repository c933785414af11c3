// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecompressTest {

  @ParameterizedTest
  @EnumSource
  void givesBackWhatWasCompressed(Compression compression) throws IOException {
    byte[] line = new byte[300_000];
    new Random(1).nextBytes(line);
    for (int at = 0; at < line.length; at++) {
      line[at] = (byte) ((line[at] & 63) | 64);
    }
    byte[] stored = compressed(compression, line);
    try (InputStream in = compression.decompress(new ByteArrayInputStream(stored))) {
      byte[] content = in.readAllBytes();
      assertThat(content).hasSize(line.length + 1).endsWith('\n').startsWith(line);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void refusesAFileThatEndsTooEarly(Compression compression) throws IOException {
    byte[] stored = compressed(compression, new byte[] {'a', 'b', 'c'});
    byte[] cut = Arrays.copyOf(stored, stored.length - 1);
    assertThatThrownBy(
            () -> {
              try (InputStream in = compression.decompress(new ByteArrayInputStream(cut))) {
                in.readAllBytes();
              }
            })
        .isInstanceOf(FormatException.class);
  }

  private static byte[] compressed(Compression compression, byte[] line) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter writer = DataFileWriter.open(bytes, compression)) {
      writer.writeLine(line, 0, line.length);
      writer.finish();
    }
    return bytes.toByteArray();
  }
}
