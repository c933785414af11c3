// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.UnfinishedUpload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one folder. */
@Timeout(60)
final class LocalStoreProcessTest {
  private static final int PROCESSES = 3;

  @TempDir private Path folder;
  private LocalStore store;

  @BeforeEach
  void open() {
    store = new LocalStore(new StoreLocation.Folder(folder), new Random(1));
  }

  @Test
  void noReplacementIsLostBetweenProcesses() throws Exception {
    store.put("counter", "0".getBytes(UTF_8));

    for (Process process : start("count", 100)) {
      assertThat(process.waitFor()).isZero();
    }

    try (ObjectDownload download = store.read("counter")) {
      assertThat(new String(download.readAllBytes(), UTF_8)).isEqualTo("300");
    }
  }

  @Test
  void everyObjectIsCreatedByOneProcess() throws Exception {
    int won = 0;
    for (Process process : start("create", 100)) {
      won += Integer.parseInt(new String(process.getInputStream().readAllBytes(), UTF_8).strip());
      assertThat(process.waitFor()).isZero();
    }

    assertThat(won).isEqualTo(100);
  }

  @Test
  void aKilledUploadIsUnfinishedNotVisible() throws Exception {
    Process process = StoreProcess.start(folder, "upload", 1);
    assertThat(process.inputReader().readLine()).isEqualTo("written");
    process.destroyForcibly().waitFor();
    List<UnfinishedUpload> unfinished = new ArrayList<>();

    store.listUnfinished(unfinished::add);

    assertThat(store.stat("data")).isEmpty();
    assertThat(unfinished).hasSize(1);
    store.discard(unfinished.get(0));
    store.listUnfinished(upload -> assertThat(upload).isNull());
  }

  private List<Process> start(String work, int times) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int at = 0; at < PROCESSES; at++) {
      processes.add(StoreProcess.start(folder, work, times));
    }
    return processes;
  }
}
