// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.format.item.StreamPage;
import org.junit.jupiter.api.Test;

class RecentImagesTest {
  private static final String NONE = "";

  private final RecentImages images = new RecentImages(1 << 20);
  private long sequence = 100;

  private boolean agrees(String key, String before, String after) {
    return agrees(images, ++sequence, key, before, after);
  }

  private static boolean agrees(
      RecentImages images, long sequence, String key, String before, String after) {
    String record =
        """
        {"Records":[{"eventName":"%s","dynamodb":{"ApproximateCreationDateTime":1767323045,\
        "Keys":{"pk":{"S":"%s"}},%s%s"SequenceNumber":"%021d"}}],"NextShardIterator":"x"}\
        """
            .formatted(
                before.isEmpty() ? "INSERT" : after.isEmpty() ? "REMOVE" : "MODIFY",
                key,
                before.isEmpty() ? "" : "\"OldImage\":" + before + ",",
                after.isEmpty() ? "" : "\"NewImage\":" + after + ",",
                sequence);
    StreamPage page = new StreamPage();
    byte[] bytes = record.getBytes(UTF_8);
    page.parse(bytes, 0, bytes.length);
    return images.agrees(page, 0);
  }

  private static String item(String key, String value) {
    return "{\"pk\":{\"S\":\"%s\"},\"v\":{\"S\":\"%s\"}}".formatted(key, value);
  }

  @Test
  void changesThatFollowEachOtherAgree() {
    assertThat(agrees("a", NONE, item("a", "1"))).isTrue();
    assertThat(agrees("b", item("b", "0"), item("b", "1"))).isTrue();
    assertThat(agrees("a", item("a", "1"), item("a", "2"))).isTrue();
    assertThat(agrees("a", item("a", "2"), NONE)).isTrue();
    assertThat(agrees("a", NONE, item("a", "3"))).isTrue();
  }

  @Test
  void aChangeBetweenTwoIsMissed() {
    agrees("a", NONE, item("a", "1"));

    assertThat(agrees("a", item("a", "unseen"), item("a", "2"))).isFalse();
  }

  @Test
  void aRemovalThatWasNotSeenIsMissed() {
    agrees("a", NONE, item("a", "1"));

    assertThat(agrees("a", NONE, item("a", "2"))).isFalse();
  }

  @Test
  void anInsertThatWasNotSeenIsMissed() {
    agrees("a", item("a", "1"), NONE);

    assertThat(agrees("a", item("a", "2"), item("a", "3"))).isFalse();
  }

  /** A server need not write attributes, sets and numbers the same way twice. */
  @Test
  void orderAndNotationAreNoContradiction() {
    agrees("a", NONE, "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"10\"},\"s\":{\"SS\":[\"x\",\"y\"]}}");

    assertThat(
            agrees(
                "a",
                "{\"s\":{\"SS\":[\"y\",\"x\"]},\"n\":{\"N\":\"1E1\"},\"pk\":{\"S\":\"a\"}}",
                item("a", "2")))
        .isTrue();
  }

  @Test
  void aRecordThatComesAgainIsNoContradiction() {
    agrees(images, 101, "a", NONE, item("a", "1"));
    agrees(images, 102, "a", item("a", "1"), item("a", "2"));

    assertThat(agrees(images, 101, "a", NONE, item("a", "1"))).isTrue();
    assertThat(agrees(images, 102, "a", item("a", "1"), item("a", "2"))).isTrue();
    assertThat(agrees(images, 103, "a", item("a", "2"), item("a", "3"))).isTrue();
  }

  /** What is forgotten can contradict nothing; what came last is kept. */
  @Test
  void memoryIsBounded() {
    RecentImages small = new RecentImages(100_000);
    for (int key = 0; key < 10_000; key++) {
      agrees(small, 1_000 + key, "k" + key, NONE, item("k" + key, "x".repeat(100)));
    }

    assertThat(agrees(small, 90_000, "k0", item("k0", "other"), NONE)).isTrue();
    assertThat(agrees(small, 90_001, "k9999", item("k9999", "other"), NONE)).isFalse();
  }

  @Test
  void anItemThatIsTooLargeIsNotRemembered() {
    RecentImages small = new RecentImages(16_000);
    agrees(small, 101, "a", NONE, item("a", "x".repeat(5_000)));

    assertThat(agrees(small, 102, "a", item("a", "other"), NONE)).isTrue();
  }
}
