// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import io.dynavault.format.item.ChangeLine.Slice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeScanTest {
  private static final String METADATA =
      """
      "Metadata":{"WriteTimestampMicros":{"N":"17"},"SequenceNumber":{"S":"3"},\
      "EventName":{"S":"MODIFY"}}\
      """;
  private static final String KEYS = "\"Keys\":{\"pk\":{\"S\":\"a\"}}";

  private final ChangeScan scan = new ChangeScan();
  private byte[] bytes = {};

  /** Whatever stands in the images: one is found behind the other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}",
        "{\"pk\":{\"S\":\"a\"},\"NewImage\":{\"M\":{\"OldImage\":{\"S\":\"b\"}}}}",
        "{\"pk\":{\"S\":\"}}}\\\"}}\\\\\"},\"{{\":{\"S\":\",\\\"NewImage\\\":{\"}}",
        "{\"pk\":{\"S\":\"a\"}, \"l\" : {\"L\":[{\"M\":{}},{\"SS\":[\"{\"]}]}}",
        "{\"pk\":{\"S\":\"ü€😀\\u007b\\\\\"},\"long\":{\"S\":\"0123456789abcdef\\\\\"}}"
      })
  void findsImages(String image) {
    String other = "{\"pk\":{\"S\":\"a\"},\"other\":{\"N\":\"12\"}}";
    for (String[] images : new String[][] {{image, other}, {other, image}}) {
      String text =
          "{%s,%s,\"OldImage\":%s,\"NewImage\":%s}".formatted(METADATA, KEYS, images[0], images[1]);
      read(text);
      assertThat(text(scan.keys())).isEqualTo("{\"pk\":{\"S\":\"a\"}}");
      assertThat(text(scan.newImage())).isEqualTo(images[1]);
      assertThat(text(scan.oldImage())).isEqualTo(images[0]);
      assertThat(text(scan.newImage())).as("asked again").isEqualTo(images[1]);
      assertSame(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{<M>,<K>}",
        "{<M>,<K>,\"OldImage\":{}}",
        "{<M>,<K>,\"NewImage\":{}}",
        "{<K>,<M>,\"OldImage\":{},\"NewImage\":{\"a\":{\"S\":\"1\"}}}",
        "{<M>,\"NewImage\":{\"a\":{\"S\":\"1\"}},<K>}",
        "{<M>,<K>,\"NewImage\":{},\"OldImage\":{\"a\":{\"S\":\"1\"}}}",
        "{<M>,<K>,\"OldImage\":{},\"NewImage\":{\"a\":{\"S\":\"1\"}},\"Later\":[1,{}]}",
        "{ <M> , <K> , \"OldImage\" : {} , \"NewImage\" : {\"a\":{\"S\":\"1\"}} }",
        "{<K>}"
      })
  void membersComeInAnyOrder(String form) {
    assertSame(line(form));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{<M>,<K>",
        "{<M>,<K>}}",
        "{<M>,<K>,\"OldImage\":{}",
        "{<M>,<K>,\"OldImage\":{\"a\":{\"S\":\"1\"}",
        "{<M>,<K>,\"OldImage\":{\"a\":{\"S\":\"1",
        "{<M>,<K>,\"OldImage\":{\"a\":{\"S\":\"1\\",
        "{<M>,<K>,\"OldImage\":{},\"NewImage\":{}",
        "{<M>,<K>,\"OldImage\":{},\"NewImage\":{}}}",
        "{<M>,<K>,\"OldImage\":{},\"NewImage\":{\"a\":{\"X\":\"1\"}}}",
        "{<M>,<K>,\"OldImage\":{},\"NewImage\":{},\"NewImage\":{}}",
        "{<M>,<K>,\"OldImage\":{},\"NewImage\":null}"
      })
  void refusesALineWhoseNewImageIsNotSure(String form) {
    read(line(form));
    assertThatThrownBy(scan::newImage).isInstanceOf(FormatException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"Metadata\":{}}",
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"x\"}},\"Keys\":{}}",
        "{\"Metadata\":{},\"Keys\":{\"a\":1}}",
        "{\"Metadata\":{},\"Keys\"}",
        "{\"Item\":{}}"
      })
  void refusesALineWithoutTimeAndKey(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(FormatException.class);
  }

  @Test
  void whatIsNotAskedForIsNotChecked() {
    read("{" + METADATA + "," + KEYS + ",\"OldImage\":{\"a\":{\"S\":\"1\"}},\"NewImage\":{oops}");
    assertThat(scan.micros()).isEqualTo(17);
    assertThat(scan.kind()).isEqualTo(ChangeKind.MODIFY);
    assertThat(scan.hasSequenceNumber()).isTrue();
    assertThat(text(scan.oldImage())).isEqualTo("{\"a\":{\"S\":\"1\"}}");
    assertThatThrownBy(scan::newImage).isInstanceOf(FormatException.class);
  }

  private static String line(String form) {
    return form.replace("<M>", METADATA).replace("<K>", KEYS);
  }

  /** All is as ChangeLine finds it. */
  private void assertSame(String text) {
    read(text);
    ChangeLine line = new ChangeLine();
    line.parse(bytes, 2, bytes.length - 4);
    assertThat(scan.keys()).isEqualTo(line.keys());
    assertThat(scan.micros()).isEqualTo(line.writeMicros());
    assertThat(scan.kind()).isEqualTo(line.eventName());
    assertThat(scan.hasSequenceNumber()).isEqualTo(line.hasSequenceNumber());
    assertThat(scan.newImage()).isEqualTo(line.newImage());
    assertThat(scan.oldImage()).isEqualTo(line.oldImage());
    read(text);
    assertThat(scan.oldImage()).isEqualTo(line.oldImage());
  }

  private void read(String text) {
    bytes = ("xx" + text + "yy").getBytes(UTF_8);
    scan.read(bytes, 2, bytes.length - 4);
  }

  private String text(@Nullable Slice slice) {
    assertThat(slice).isNotNull();
    return new String(bytes, slice.offset(), slice.length(), UTF_8);
  }
}
