// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.dynavault.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random and mutated bytes into every reader: only FormatException, soon, in little memory. */
class ExportFuzz {
  private static final int ROUNDS = 4_000;
  private static final byte[] ITEM =
      "{\"pk\":{\"S\":\"a\\\"}{\"},\"l\":{\"L\":[{\"N\":\"1\"},{\"M\":{}}]}}".getBytes(UTF_8);

  private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @ParameterizedTest
  @EnumSource
  void mutatedDataFiles(Compression compression) throws IOException {
    MemoryExport export = new MemoryExport();
    export.dataFile("k", "k", compression, Collections.nCopies(50, ITEM));
    byte[] good = export.objects.get("k");
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      refused += refuses(mutated(good), compression) ? 1 : 0;
    }
    assertThat(refused).as("seed %d", seed).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void randomDataFiles(Compression compression) {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (compression == Compression.GZIP && bytes.length > 10) {
        System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 0}, 0, bytes, 0, 4);
      }
      refuses(bytes, compression);
    }
  }

  @Test
  void mutatedManifests() throws IOException {
    FolderSource source = FolderSource.ofResource("/golden/export/valid/full-as-aws-writes");
    String folder = source.folderOf("_started") + "/";
    byte[] summary = source.open(folder + "manifest-summary.json").orElseThrow().readAllBytes();
    byte[] files = source.open(folder + "manifest-files.json").orElseThrow().readAllBytes();
    for (int round = 0; round < ROUNDS; round++) {
      MemoryExport export = new MemoryExport();
      export.put("manifest-summary.json", round % 2 == 0 ? mutated(summary) : summary);
      export.put("manifest-files.json", round % 2 == 1 ? mutated(files) : files);
      try {
        Export read = ExportReader.read(export, "");
        assertThat(read.files())
            .extracting(ExportFile::key)
            .allMatch(key -> key.matches("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*"))
            .noneMatch(key -> List.of(key.split("/")).contains(".."));
      } catch (FormatException expected) {
        assertThat(expected.getMessage()).startsWith("unable to read export ''");
      } catch (RuntimeException e) {
        fail("seed " + seed + ", round " + round, e);
      }
    }
  }

  private boolean refuses(byte[] stored, Compression compression) {
    try (DataFileReader reader =
        DataFileReader.open(
            new ByteArrayInputStream(stored), "f", OutputFormat.DYNAMODB_JSON, compression)) {
      boolean more = reader.next();
      while (more) {
        more = reader.next();
      }
      return false;
    } catch (FormatException expected) {
      assertThat(expected.getMessage()).startsWith("unable to read data file 'f': ");
      return true;
    } catch (IOException | RuntimeException e) {
      return fail("seed " + seed + ": " + Arrays.toString(stored), e);
    }
  }

  private byte[] mutated(byte[] good) {
    byte[] bytes = good.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = interesting();
        default -> bytes = Arrays.copyOf(bytes, at + 1);
      }
    }
    return bytes;
  }

  private byte interesting() {
    List<Byte> bytes = List.of((byte) '"', (byte) '\\', (byte) '{', (byte) '}', (byte) '/');
    return bytes.get(random.nextInt(bytes.size()));
  }
}
