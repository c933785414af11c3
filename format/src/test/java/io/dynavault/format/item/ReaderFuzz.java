// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import io.dynavault.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged bytes into every reader: they return or refuse, and never fail in another way. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReaderFuzz {
  private static final int TRIES = 20_000;

  private static final String ITEM =
      """
      {"pk":{"S":"or\\n\\u00e9\\ud83d\\ude00é😀"},"sk":{"N":"-1.50E+3"},"b":{"B":"AAE="},\
      "t":{"BOOL":false},"z":{"NULL":true},"l":{"L":[{"N":"1"},{"M":{"k":{"BS":["AAE=","qg=="]}}}]},\
      "ss":{"SS":["a","b"]},"ns":{"NS":["1","2.5"]}}\
      """;

  private final KeyReader keys =
      new KeyReader(
          KeySchema.of(new KeyAttribute("pk", ScalarType.S), new KeyAttribute("sk", ScalarType.N)));

  @Test
  void scanPages() {
    String page =
        "{\"Count\":2,\"Items\":[%s,%s],\"LastEvaluatedKey\":{\"pk\":{\"S\":\"a\"}},"
                .formatted(ITEM, ITEM)
            + "\"ScannedCount\":3,\"ConsumedCapacity\":{\"CapacityUnits\":1.5,\"T\":[{}]}}";
    ScanPage scan = new ScanPage();
    fuzz(page, bytes -> scan.parse(bytes, bytes.length));
  }

  @Test
  void exportLines() {
    ItemLine line = new ItemLine();
    fuzz("{\"Item\":" + ITEM + "}\n", bytes -> line.parse(bytes, 0, bytes.length));
  }

  @Test
  void dynamoDbJson() {
    fuzz(ITEM, DynamoDbJson::decode);
    fuzz(
        ITEM + "\n{\"Item\":" + ITEM + "}\n",
        bytes -> drain(new DynamoDbJsonReader(new ByteArrayInputStream(bytes))));
    fuzz(ITEM, bytes -> keys.read(bytes, 0, bytes.length));
    fuzz(ITEM, bytes -> ItemSize.of(bytes, 0, bytes.length));
  }

  @Test
  void ion() {
    String line = new String(IonText.encodeLine(DynamoDbJson.decode(ITEM.getBytes(UTF_8))), UTF_8);
    fuzz(line + line, bytes -> drain(new IonItemReader(new ByteArrayInputStream(bytes))));
    fuzz(
        "$ion_1_0 [{Item:{a:'''x''' '''y'''}},{Item:{a:0d1,b:1_0}}] // c",
        bytes -> drain(new IonItemReader(new ByteArrayInputStream(bytes))));
  }

  @Test
  void plainJson() {
    String json = new String(PlainJson.encode(DynamoDbJson.decode(ITEM.getBytes(UTF_8))), UTF_8);
    for (String text : List.of(json + "\n" + json, "[" + json + "," + json + "]")) {
      fuzz(text, bytes -> drain(new PlainJsonReader(new ByteArrayInputStream(bytes))));
    }
  }

  @Test
  void csv() {
    CsvFormat format = CsvFormat.of(Map.of("pk", ScalarType.N, "sk", ScalarType.B));
    fuzz(
        "pk,sk,text\r\n1,AAE=,\"a \"\"b\"\"\nc\"\r\n-1.5E3,,é😀\n",
        bytes -> drain(new CsvItemReader(new ByteArrayInputStream(bytes), format)));
  }

  private static void drain(ItemReader reader) throws IOException {
    try (reader) {
      Optional<Item> item = reader.next();
      while (item.isPresent()) {
        item = reader.next();
      }
    }
  }

  private static void fuzz(String text, Target target) {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TRIES; i++) {
      byte[] bytes = Mutations.of(text.getBytes(UTF_8), random);
      try {
        target.read(bytes);
      } catch (FormatException expected) {
        // refused, as it should be
      } catch (IOException | RuntimeException | Error e) {
        fail("seed " + seed + ", bytes in Base64: " + Base64.getEncoder().encodeToString(bytes), e);
      }
    }
  }

  private interface Target {
    void read(byte[] bytes) throws IOException;
  }
}
