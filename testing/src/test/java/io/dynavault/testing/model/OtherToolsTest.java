// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The programs of docs/guide/other-tools.md, which know nothing of Dynavault, say of a second what
 * is known of it. The capture whose files they read was killed and went on.
 */
@Tag("G9")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherToolsTest {
  private static final Path PAGE = Path.of("../docs/guide/other-tools.md");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SEED = 20_261_121;
  private static final int MOMENTS = 3;

  private CapturedWorld world;
  private Path folder;
  private ChainLog chain;
  private Base base;
  private List<Instant> moments;

  @BeforeAll
  void capture(@TempDir Path temporary) throws Exception {
    folder = temporary;
    world = new CapturedWorld(SEED, new MemoryTables());
    CaptureProcess killed = new CaptureProcess(world).stopAfter(Duration.ofMinutes(2));
    killed.withStoreFaults(CaptureStory.killBefore(killed, 90));
    assertThatThrownBy(() -> killed.run(Until.STOPPED)).isInstanceOf(ProcessSwitch.Killed.class);
    world.pass(Duration.ofSeconds(70));
    new CaptureProcess(world).stopAfter(Duration.ofSeconds(30)).run(Until.STOPPED);
    KnownHistory.catchUp(world);
    KnownHistory history = new KnownHistory(world);
    chain = history.chains().get(0);
    base = chain.bases().get(0);
    moments = chosen(history.moments());
    copy(world.store(), folder.resolve("vault"));
  }

  @AfterAll
  void close() {
    world.close();
  }

  /** The first and the last one, and some between them. */
  private static List<Instant> chosen(List<Instant> all) {
    List<Instant> chosen = new ArrayList<>(List.of(all.get(0), all.get(all.size() - 1)));
    new Random(SEED).ints(MOMENTS, 0, all.size()).mapToObj(all::get).forEach(chosen::add);
    return chosen;
  }

  private static void copy(ObjectStore store, Path folder) throws IOException {
    List<String> keys = new ArrayList<>();
    store.list("", info -> keys.add(info.key()));
    for (String key : keys) {
      Path file = folder.resolve(key);
      Files.createDirectories(file.getParent());
      try (InputStream object = store.read(key)) {
        Files.copy(object, file);
      }
    }
  }

  @Test
  void zcatAndPythonGiveTheTableAtASecond() throws Exception {
    assumeTrue(runs("python3", "--version"), "python3 is not installed");
    Files.writeString(folder.resolve("table-at.py"), block("python"));
    for (Instant moment : moments) {
      String commands = shown(block("sh needs: [^\n]*"), "2026-11-21T09:30:00Z", moment.toString());

      Path out = folder.resolve("out");
      Process shell =
          new ProcessBuilder("sh", "-ec", commands)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectErrorStream(true)
              .start();

      assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
      String printed = Files.readString(out);
      assertThat(shell.exitValue()).as(printed).isZero();
      SortedMap<String, String> items = new TreeMap<>();
      printed.lines().forEach(line -> add(items, parseItem(line)));
      assertThat(items).as("items at %s", moment).isEqualTo(world.known().at(moment));
    }
  }

  @Test
  void duckDbGivesTheTableAtASecond() throws Exception {
    String query = block("sql");
    query = shown(query, "01795246800000-0a1b2c3d", chain.chain().id().value());
    query = shown(query, "01795246800123-4e5f6a7b", base.recoveryPoint().value());
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("SET file_search_path = '" + folder.resolve("vault") + "'");
      for (Instant moment : moments) {
        String time = moment.toString().replace('T', ' ').replace("Z", "");
        SortedMap<String, String> items = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery(shown(query, "2026-11-21 09:30:00", time))) {
          while (rows.next()) {
            add(items, rows.getString(1));
          }
        }
        assertThat(items).as("items at %s", moment).isEqualTo(world.known().at(moment));
      }
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The first block of the page that is fenced so. */
  private static String block(String fence) throws IOException {
    Matcher block =
        Pattern.compile("(?ms)^```" + fence + "\n(.*?)^```$").matcher(Files.readString(PAGE));
    assertThat(block.find()).as("a block of " + fence).isTrue();
    return block.group(1);
  }

  /** With the test's own value in place of the one that is shown. */
  private static String shown(String text, String shown, String value) {
    assertThat(text).contains(shown);
    return text.replace(shown, value);
  }

  private static String parseItem(String line) {
    try {
      return JSON.readTree(line).get("Item").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private static void add(SortedMap<String, String> items, String item) {
    byte[] bytes = item.getBytes(UTF_8);
    KnownHistory.add(items, bytes, 0, bytes.length);
  }
}
