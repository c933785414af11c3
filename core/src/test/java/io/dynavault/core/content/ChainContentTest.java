// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static io.dynavault.core.error.Failures.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemChange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChainContentTest {
  private static final String A = "{\"pk\":{\"S\":\"a\"}}";
  private static final String B = "{\"pk\":{\"S\":\"b\"}}";

  private final TestingChain chain = new TestingChain();

  @Test
  void isTheLastRecoveryPointOfTheChain() {
    chain.full("2026-01-02T00:00:00Z", A, B);
    RecoveryPoint window = window(deleted(A));

    try (ChainContent content = open(window)) {
      assertThat(content.recoveryPoint()).contains(window);
      assertThat(content.isCounted()).isFalse();
      assertThat(content.itemCount()).isEqualTo(3);
      assertThat(content.notes().get(0)).startsWith("the 2 items of full export ");
    }
  }

  @Test
  void aDamagedChangeFileIsNamed() throws InterruptedException {
    chain.full("2026-01-02T00:00:00Z", A);
    RecoveryPoint window = window(deleted(A));
    StoredFile file = window.export().dataFiles().get(1);
    chain.store.put(file.key(), new byte[] {1, 2, 3});

    try (ChainContent content = open(window)) {
      assertThat(failure(ErrorCode.DAMAGED, () -> count(content))).hasMessageContaining(file.key());
      assertThat(failure(ErrorCode.DAMAGED, () -> count(content))).isNotNull();
    }
  }

  @Test
  void aMissingChangeFileIsFoundBeforeAnythingIsRead() {
    chain.full("2026-01-02T00:00:00Z", A);
    RecoveryPoint window = window(deleted(A));
    StoredFile file = window.export().dataFiles().get(0);
    chain.store.delete(file.key());

    try (ChainContent content = open(window)) {
      assertThat(failure(ErrorCode.DAMAGED, content::requireFiles))
          .hasMessageContaining(file.key());
    }
  }

  @Test
  void anImageOfAnotherKeyIsDamage() {
    chain.full("2026-01-02T00:00:00Z", A);
    RecoveryPoint window =
        window(
            new ItemChange(item(A), Optional.empty(), Optional.of(item(B)), OptionalLong.empty()));

    try (ChainContent content = open(window)) {
      assertThat(failure(ErrorCode.DAMAGED, () -> count(content)))
          .hasMessageContaining("a change has another key than its image");
    }
  }

  @Test
  void stopsWhenAsked() {
    chain.full("2026-01-02T00:00:00Z", A);
    RecoveryPoint window = window(deleted(A));
    StopSignal stop = new StopSignal();
    stop.request();

    try (ChainContent content = open(window)) {
      assertThat(
              failure(
                  ErrorCode.INTERRUPTED, () -> content.prepare(RunContext.system("orders", stop))))
          .isNotNull();
    }
  }

  @Test
  void theFirstItemOfAnEmptyBaseIsOneThatWasPut() throws InterruptedException {
    chain.full("2026-01-02T00:00:00Z");
    RecoveryPoint window =
        window(new ItemChange(item(B), Optional.empty(), Optional.of(item(B)), OptionalLong.of(7)));

    AtomicInteger items = new AtomicInteger();
    try (ChainContent content = open(window)) {
      content.readFirst((json, offset, length, size) -> items.incrementAndGet());
      assertThat(count(content)).isEqualTo(1);
    }
    assertThat(items).hasValue(1);
  }

  private RecoveryPoint window(ItemChange... changes) {
    return chain.window(
        "2026-01-02T00:00:00Z",
        "2026-01-02T01:00:00Z",
        OutputFormat.DYNAMODB_JSON,
        List.of(changes));
  }

  private static ItemChange deleted(String key) {
    return new ItemChange(item(key), Optional.empty(), Optional.empty(), OptionalLong.of(5));
  }

  private static Item item(String json) {
    return DynamoDbJson.decode(json.getBytes(UTF_8));
  }

  private ChainContent open(RecoveryPoint point) {
    return ChainContent.open(chain.store, ExportChain.endingWith(point, chain.points()));
  }

  private static int count(ChainContent content) throws InterruptedException {
    AtomicInteger items = new AtomicInteger();
    for (ContentPart part : content.parts()) {
      part.read((json, offset, length, size) -> items.incrementAndGet());
    }
    return items.get();
  }
}
