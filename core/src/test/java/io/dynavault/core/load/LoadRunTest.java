// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TestingTables;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.TestingTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LoadRunTest {
  private static final String DONE =
      "{\"UnprocessedItems\":{},\"ConsumedCapacity\":[{\"TableName\":\"orders\","
          + "\"CapacityUnits\":2.0}]}";
  private static final String PUT = "{\"ConsumedCapacity\":{\"CapacityUnits\":1.0}}";

  @TempDir private Path folder;
  private Path file;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final RunContext context = RunContext.system("orders", new StopSignal());

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.writeString(folder.resolve("a.csv"), "pk,n\na,1\nb,\n");
  }

  @Test
  void writesEveryItemOnce() throws Exception {
    TestingTransport transport = new TestingTransport((operation, body) -> DONE);

    LoadResult result = load(transport, LoadConflict.OVERWRITE);

    assertThat(result.read()).isEqualTo(2);
    assertThat(result.written()).isEqualTo(2);
    assertThat(result.writeUnits()).isEqualTo(2.0);
    assertThat(result.complete()).isTrue();
    assertThat(transport.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.operation()).isEqualTo("BatchWriteItem");
              assertThat(request.body())
                  .contains("{\"pk\":{\"S\":\"a\"},\"n\":{\"S\":\"1\"}}")
                  .contains("{\"pk\":{\"S\":\"b\"}}");
            });
    assertThat(context.progress().snapshot().items()).isEqualTo(2);
    assertThat(context.progress().snapshot().expectedItems()).isEqualTo(2);
  }

  @Test
  void leavesItemsAloneThatAreThere() throws Exception {
    LoadResult result = load(hasItemA(), LoadConflict.SKIP);
    assertThat(result.written()).isEqualTo(1);
    assertThat(result.skipped()).isEqualTo(1);
    assertThat(result.complete()).isTrue();
  }

  @Test
  void listsItemsThatAreThereAsFailedWhereToldSo() throws Exception {
    LoadResult result = load(hasItemA(), LoadConflict.FAIL);
    assertThat(result.written()).isEqualTo(1);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.complete()).isFalse();
    assertThat(failures)
        .containsExactly("{\"pk\":{\"S\":\"a\"}}: the table has an item of this key");
  }

  @Test
  void noticesFilesThatChangeBetweenCheckAndWrite() throws Exception {
    TestingTransport transport = new TestingTransport((operation, body) -> DONE);
    LoadRequest request = request(LoadConflict.OVERWRITE);
    LoadPlan plan = plan(request, transport);
    Files.writeString(file, "pk,n\na,1\n");

    var failure =
        failure(
            ErrorCode.INCOMPLETE,
            () -> new LoadRun(request, transport, this::failed, context).run(plan));
    assertThat(failure)
        .hasMessageEndingWith("meanwhile: 2 items were checked, 1 were read to be written");

    Files.writeString(file, "pk,n\na,1,2,3\n");
    failure(
        ErrorCode.INCOMPLETE,
        () -> new LoadRun(request, transport, this::failed, context).run(plan));
  }

  private static TestingTransport hasItemA() {
    return new TestingTransport(
        (operation, body) -> {
          if (body.contains("{\"pk\":{\"S\":\"a\"}")) {
            throw new RefusedException(
                ErrorCode.REQUEST_REFUSED, "ConditionalCheckFailedException", "it is there");
          }
          return PUT;
        });
  }

  private LoadResult load(TestingTransport transport, LoadConflict onConflict)
      throws InterruptedException {
    LoadRequest request = request(onConflict);
    LoadPlan plan = plan(request, transport);
    assertThat(transport.requests()).as("requests of the plan").isEmpty();
    return new LoadRun(request, transport, this::failed, context).run(plan);
  }

  private LoadPlan plan(LoadRequest request, TestingTransport transport)
      throws InterruptedException {
    return new LoadPlanner(request, transport.endpoint(), context).plan((place, reason) -> {});
  }

  private LoadRequest request(LoadConflict onConflict) {
    return new LoadRequest(
        TestingTables.onDemand(),
        List.of(LoadSource.file(file)),
        LoadOptions.of(LoadFormat.CSV, onConflict, 2));
  }

  private void failed(String key, String reason) {
    failures.add(key + ": " + reason);
  }
}
