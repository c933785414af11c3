// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.format.export.Compression;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.IonText;
import io.dynavault.local.demo.DemoTable;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadIT {
  private static final URI ENDPOINT = TestingServers.dynamoDb().endpoint();

  @TempDir private Path folder;
  private final TestingEngine engine = TestingEngine.inMemory();
  private final List<String> failures = new ArrayList<>();
  private final List<LiveTable> tables = new ArrayList<>();

  @AfterEach
  void close() {
    tables.forEach(LiveTable::drop);
    engine.close();
  }

  @Test
  void importsAirportsFromOneArrayOfJson() throws Exception {
    AirportsTable airports = new AirportsTable(TestingServers.newTableName("airports"));
    LiveTable target = create(airports);
    try (InputStream json = AirportsTable.class.getResourceAsStream("airports.json");
        LoadSource source = LoadSource.spool(json, "standard input", Compression.NONE)) {
      LoadResult result = load(target, LoadFormat.JSON, LoadConflict.OVERWRITE, source);
      assertThat(result.written()).isEqualTo(airports.size());
      assertThat(result.complete()).isTrue();
    }
    assertThat(target).hasContents(filled(new AirportsTable(TestingServers.newTableName("air"))));
  }

  @Test
  void importsAirportsFromSeveralCompressedFilesOfDynamoDbJsonAndOfIon() throws Exception {
    AirportsTable airports = new AirportsTable(TestingServers.newTableName("airports"), 1000);
    SortedMap<String, String> expected = filled(airports);
    List<String> items = airports.items().toList();
    int half = items.size() / 2;

    LiveTable fromJson = create(new AirportsTable(TestingServers.newTableName("json"), 0));
    load(
        fromJson,
        LoadFormat.DYNAMODB_JSON,
        LoadConflict.SKIP,
        gzip("a.json.gz", String.join("\n", items.subList(0, half))),
        gzip(
            "b.json.gz",
            items.subList(half, items.size()).stream()
                .map(item -> "{\"Item\":" + item + "}\n")
                .collect(Collectors.joining())));
    assertThat(fromJson).hasContents(expected);

    LiveTable fromIon = create(new AirportsTable(TestingServers.newTableName("ion"), 0));
    ByteArrayOutputStream ion = new ByteArrayOutputStream();
    for (String item : items) {
      ion.write(IonText.encodeLine(DynamoDbJson.decode(item.getBytes(StandardCharsets.UTF_8))));
    }
    Path file = Files.write(folder.resolve("a.ion"), ion.toByteArray());
    LoadResult result =
        load(fromIon, LoadFormat.ION, LoadConflict.OVERWRITE, LoadSource.file(file));
    assertThat(result.written()).isEqualTo(items.size());
  }

  @Test
  void importsOrdersFromCsvAndKeepsOrReplacesWhatIsThere() throws Exception {
    LiveTable target = create(new OrdersTable(TestingServers.newTableName("orders")));
    target.put(
        "{\"order_id\":{\"S\":\"3801\"},\"item_id\":{\"S\":\"23\"},\"old\":{\"BOOL\":true}}");
    Path csv = folder.resolve("order_data.csv");
    try (InputStream resource = OrdersTable.class.getResourceAsStream("order_data.csv")) {
      Files.copy(resource, csv);
    }

    LoadResult failed = load(target, LoadFormat.CSV, LoadConflict.FAIL, LoadSource.file(csv));
    assertThat(failed.written()).isEqualTo(7);
    assertThat(failed.failed()).isEqualTo(1);
    assertThat(failures).singleElement().asString().contains("3801").contains("the table has");

    LoadResult skipped = load(target, LoadFormat.CSV, LoadConflict.SKIP, LoadSource.file(csv));
    assertThat(skipped.skipped()).isEqualTo(8);
    assertThat(target.contents().toString()).contains("old");

    load(target, LoadFormat.CSV, LoadConflict.OVERWRITE, LoadSource.file(csv));
    assertThat(target.contents()).hasSize(8);
    assertThat(target.contents().toString())
        .doesNotContain("old")
        .contains("\"amount\":{\"S\":\"2756\"}"); // as ImportTable: only keys have types
  }

  @Test
  void writesNothingWhenOneOfManyItemsIsBad() throws Exception {
    LiveTable target = create(new OrdersTable(TestingServers.newTableName("orders")));
    StringBuilder csv = new StringBuilder("order_id,item_id\n");
    for (int i = 0; i < 1000; i++) {
      csv.append(i).append(i == 997 ? ",\n" : ",1\n");
    }
    LoadSource source =
        LoadSource.file(Files.writeString(folder.resolve("bad.csv"), csv.toString()));

    assertThatThrownBy(() -> load(target, LoadFormat.CSV, LoadConflict.OVERWRITE, source))
        .isInstanceOf(DynavaultException.class)
        .hasMessageContaining("bad.csv, line 999")
        .hasMessageEndingWith("nothing was written");
    assertThat(target.contents()).isEmpty();
  }

  private LoadResult load(
      LiveTable target, LoadFormat format, LoadConflict onConflict, LoadSource... sources)
      throws InterruptedException {
    RunContext context = RunContext.system(target.name(), new StopSignal());
    LoadRequest request =
        new LoadRequest(
            engine.describe(target.name()).definition(),
            List.of(sources),
            LoadOptions.of(format, onConflict, 4));
    LoadPlan plan =
        new LoadPlanner(request, engine.transport().endpoint(), context)
            .plan((place, reason) -> {});
    return new LoadRun(
            request,
            engine.transport(),
            (key, reason) -> failures.add(key + ": " + reason),
            context)
        .run(plan);
  }

  private LiveTable create(DemoTable table) {
    LiveTable live = LiveTable.create(ENDPOINT, table);
    tables.add(live);
    return live;
  }

  private SortedMap<String, String> filled(DemoTable table) {
    LiveTable live = LiveTable.createFilled(ENDPOINT, table);
    tables.add(live);
    return live.contents();
  }

  private LoadSource gzip(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return LoadSource.file(file);
  }
}
