// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.UnfinishedUpload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one folder. */
@Timeout(60)
final class LocalStoreProcessTest {
  private static final int PROCESSES = 3;

  private static final Pattern NAMING =
      Pattern.compile(
          "(?:link|rename)\\(\"(?<staged>[^\"]*/uploads/[^\"]+)\", \"(?<folder>[^\"]+)/[^/\"]+\"");

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

  /**
   * A name given to bytes that are not on disk, or a name that is not on disk itself, would be a
   * record of nothing after a power cut. What the system is asked for is the only thing to see.
   */
  @Test
  @Tag("G1")
  void bytesAreOnDiskBeforeTheyHaveTheirNameAndTheNameIsAfterwards(@TempDir Path scratch)
      throws Exception {
    Path trace = scratch.resolve("trace");
    assumeTrue(mayTrace(trace), "strace is not installed, or may not trace here");
    Path root = folder.toRealPath();

    assertThat(StoreProcess.startedBy(tracer(trace), root, "write", 1).waitFor()).isZero();

    List<String> calls = Files.readAllLines(trace);
    List<Integer> namings =
        IntStream.range(0, calls.size())
            .filter(at -> NAMING.matcher(calls.get(at)).find())
            .filter(at -> calls.get(at).contains("/object\""))
            .boxed()
            .toList();
    assertThat(namings)
        .as("of an absent, a put, a replaced, an uploaded and a deleted object")
        .hasSize(5);
    for (int at : namings) {
      Matcher naming = NAMING.matcher(calls.get(at));
      assertThat(naming.find()).isTrue();
      assertThat(calls.subList(0, at))
          .as("before " + calls.get(at))
          .anyMatch(call -> isForced(call, naming.group("staged")));
      assertThat(calls.subList(at, calls.size()))
          .as("after " + calls.get(at))
          .anyMatch(call -> isForced(call, naming.group("folder")));
    }
    for (String made : List.of("absent", "put", "uploaded", "deleted")) {
      int at = indexOf(calls, "mkdir(\"" + root + "/" + made + "\"");
      assertThat(calls.subList(at, calls.size()))
          .as("the folder's name")
          .anyMatch(call -> isForced(call, root.toString()));
    }
    int unlinked = indexOf(calls, "unlink(\"" + root + "/deleted/object\"");
    assertThat(calls.subList(unlinked, calls.size()))
        .anyMatch(call -> isForced(call, root + "/deleted"));
  }

  private static boolean isForced(String call, String path) {
    return call.contains("fsync(") && call.contains("<" + path + ">");
  }

  private static int indexOf(List<String> calls, String start) {
    for (int at = 0; at < calls.size(); at++) {
      if (calls.get(at).contains(start)) {
        return at;
      }
    }
    throw new AssertionError(start + " is not among the calls");
  }

  /** By the names that these calls have on x86; where they have others, it may not trace. */
  private static List<String> tracer(Path trace) {
    return List.of(
        "strace",
        "-f",
        "-qq",
        "-y",
        "-s",
        "4096",
        "-e",
        "trace=fsync,mkdir,rename,link,unlink",
        "-o",
        trace.toString());
  }

  private static boolean mayTrace(Path trace) throws InterruptedException {
    List<String> probe = new ArrayList<>(tracer(trace));
    probe.add("true");
    try {
      return new ProcessBuilder(probe).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private List<Process> start(String work, int times) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int at = 0; at < PROCESSES; at++) {
      processes.add(StoreProcess.start(folder, work, times));
    }
    return processes;
  }
}
