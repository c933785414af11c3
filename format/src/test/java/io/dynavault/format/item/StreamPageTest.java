// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPageTest {
  /** As the DynamoDB Streams API reference shows an answer, with shorter items. */
  private static final String PAGE =
      """
      {"NextShardIterator":"arn:aws:dynamodb:x/stream/y|1|AAAA\\/BBBB==",
       "Records":[
        {"eventID":"7de3041dd709b024af6f29e4fa13d34c","eventName":"MODIFY","eventVersion":"1.1",
         "eventSource":"aws:dynamodb","awsRegion":"us-east-1",
         "dynamodb":{"ApproximateCreationDateTime":1767323045,
          "Keys":{"pk":{"S":"order#1"},"sk":{"N":"1"}},
          "NewImage":{"pk":{"S":"order#1"},"sk":{"N":"1"},"paid":{"BOOL":true}},
          "OldImage":{"pk":{"S":"order#1"},"sk":{"N":"1"},"paid":{"BOOL":false}},
          "SequenceNumber":"400000000000000499660","SizeBytes":61,
          "StreamViewType":"NEW_AND_OLD_IMAGES"}},
        {"awsRegion":"us-east-1",
         "dynamodb":{"Keys":{"pk":{"S":"order#2"}},"OldImage":{"pk":{"S":"order#2"}},
          "SequenceNumber":"000000000000400000000000000499661",
          "StreamViewType":"NEW_AND_OLD_IMAGES","ApproximateCreationDateTime":1.767323046E9},
         "userIdentity":{"PrincipalId":"dynamodb.amazonaws.com","Type":"Service"},
         "eventName":"REMOVE"},
        {"eventName":"INSERT","userIdentity":null,
         "dynamodb":{"Keys":{"pk":{"S":"ü"}},"NewImage":{"pk":{"S":"ü"}},"OldImage":null,
          "SequenceNumber":"1400000000000000499660",
          "ApproximateCreationDateTime":1767323046.25}}
       ]}
      """;

  private final StreamPage page = new StreamPage();

  private void parse(String json) {
    byte[] bytes = ("xx" + json).getBytes(UTF_8);
    page.parse(bytes, 2, bytes.length - 2);
  }

  private String text(ChangeLine.Slice slice) {
    return new String(page.array(), slice.offset(), slice.length(), UTF_8);
  }

  /** A page of one record. */
  private static String record(String eventName, String change) {
    return """
    {"Records":[{"eventName":"%s","dynamodb":{%s}}]}\
    """
        .formatted(eventName, change);
  }

  private static final String WHOLE =
      """
      "Keys":{"pk":{"S":"a"}},"NewImage":{"pk":{"S":"a"}},"OldImage":{"pk":{"S":"a"}},\
      "SequenceNumber":"400000000000000499660","ApproximateCreationDateTime":1\
      """;

  @Test
  void findsKeyAndImages() {
    parse(PAGE);
    assertThat(page.count()).isEqualTo(3);
    assertThat(text(page.keys(0))).isEqualTo("{\"pk\":{\"S\":\"order#1\"},\"sk\":{\"N\":\"1\"}}");
    assertThat(text(page.oldImage(0))).endsWith("\"paid\":{\"BOOL\":false}}");
    assertThat(text(page.newImage(0))).endsWith("\"paid\":{\"BOOL\":true}}");
    assertThat(page.newImage(0).size()).as("2+7, 2+2, 4+1").isEqualTo(18);
    assertThat(page.newImage(1)).isNull();
    assertThat(page.oldImage(2)).isNull();
    assertThat(text(page.keys(2))).isEqualTo("{\"pk\":{\"S\":\"ü\"}}");
  }

  @Test
  void readsWhatHappenedAndWhen() {
    parse(PAGE);
    assertThat(page.kind(0)).isEqualTo(ChangeKind.MODIFY);
    assertThat(page.kind(1)).isEqualTo(ChangeKind.REMOVE);
    assertThat(page.kind(2)).isEqualTo(ChangeKind.INSERT);
    assertThat(page.timeToLive(0)).isFalse();
    assertThat(page.timeToLive(1)).isTrue();
    assertThat(page.timeToLive(2)).isFalse();
    assertThat(page.creationMicros(0)).isEqualTo(1_767_323_045_000_000L);
    assertThat(page.creationMicros(1)).isEqualTo(1_767_323_046_000_000L);
    assertThat(page.creationMicros(2)).isEqualTo(1_767_323_046_250_000L);
  }

  @Test
  void ordersSequenceNumbersByValue() {
    parse(PAGE);
    assertThat(page.sequenceNumber(0)).isEqualTo("400000000000000499660");
    assertThat(page.isAfter(1, 0)).isTrue();
    assertThat(page.isAfter(0, 1)).isFalse();
    assertThat(page.isAfter(0, 0)).isFalse();
    assertThat(page.isAfter(2, 1)).isTrue();
    assertThat(page.isAfter(1, "400000000000000499660")).isTrue();
    assertThat(page.isAfter(1, "400000000000000499661")).isFalse();
    assertThat(page.isAfter(2, "999999999999999999999")).isTrue();
  }

  @Test
  void givesTheNextIterator() {
    parse(PAGE);
    assertThat(page.nextShardIterator()).isEqualTo("arn:aws:dynamodb:x/stream/y|1|AAAA/BBBB==");
    parse("{\"Records\":[]}");
    assertThat(page.nextShardIterator()).isNull();
    assertThat(page.count()).isZero();
    parse("{\"Records\":[],\"NextShardIterator\":null}");
    assertThat(page.nextShardIterator()).isNull();
  }

  @Test
  void growsWithThePage() {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      records
          .append(i == 0 ? "" : ",")
          .append("{\"eventName\":\"MODIFY\",\"dynamodb\":{")
          .append(WHOLE.replace("499660", "%06d".formatted(i)))
          .append("}}");
    }
    parse("{\"Records\":[" + records + "]}");
    assertThat(page.count()).isEqualTo(1000);
    assertThat(page.sequenceNumber(999)).isEqualTo("400000000000000000999");
    assertThat(text(page.newImage(999))).isEqualTo("{\"pk\":{\"S\":\"a\"}}");
    assertThatThrownBy(() -> page.kind(1000)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"principalId,type", "PrincipalId,Type"})
  void knowsExpiryByEitherSpelling(String names) {
    String[] name = names.split(",", -1);
    String remove = WHOLE.replace("\"NewImage\":{\"pk\":{\"S\":\"a\"}},", "");
    String identity =
        ",\"userIdentity\":{\"%s\":\"dynamodb.amazonaws.com\",\"%s\":\"Service\"}}]}"
            .formatted(name[0], name[1]);
    parse(record("REMOVE", remove).replace("}]}", identity));
    assertThat(page.timeToLive(0)).isTrue();
    parse(record("MODIFY", WHOLE).replace("}]}", identity));
    assertThat(page.timeToLive(0)).as("a change by somebody else's service").isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'eventName':'MODIFY'|'eventName':'UPSERT'|unknown eventName",
        "'eventName':'MODIFY',||without eventName",
        "'Keys':{'pk':{'S':'a'}},||without Keys",
        "'Keys':{'pk':{'S':'a'}}|'Keys':{}|without Keys",
        "'SequenceNumber':'400000000000000499660',||without SequenceNumber",
        "499660'|49966x'|not a number",
        "'400000000000000499660'|''|malformed SequenceNumber",
        ",'ApproximateCreationDateTime':1||without ApproximateCreationDateTime",
        "'ApproximateCreationDateTime':1|'ApproximateCreationDateTime':-1|not a time",
        "'ApproximateCreationDateTime':1|'ApproximateCreationDateTime':1e99999999999|not a time",
        "'NewImage':{'pk':{'S':'a'}}|'NewImage':{'pk':{'S':1}}|malformed JSON",
        "'OldImage':{'pk':{'S':'a'}}|'NewImage':{'pk':{'S':'a'}}|comes twice",
        "}}]}|}}],'Records':[]}|second member Records",
        "}}]}|}}]}x|after the end",
      })
  void refusesWhatIsNotAPage(String part, String replacement, String reason) {
    String whole = record("MODIFY", WHOLE);
    String from = part.replace('\'', '"');
    assertThat(whole).contains(from);
    String broken = whole.replace(from, replacement == null ? "" : replacement.replace('\'', '"'));
    assertThatThrownBy(() -> parse(broken))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(reason);
    assertThat(page.count()).isZero();
    assertThat(page.nextShardIterator()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"INSERT,NewImage", "MODIFY,NewImage", "MODIFY,OldImage", "REMOVE,OldImage"})
  void refusesAChangeWithoutTheImagesOfItsStream(String kind, String image) {
    String both = WHOLE + ",\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"";
    String fits =
        kind.equals("REMOVE") ? both.replace("\"NewImage\":{\"pk\":{\"S\":\"a\"}},", "") : both;
    parse(record(kind, fits));
    String lacking = fits.replace("\"" + image + "\":{\"pk\":{\"S\":\"a\"}},", "");
    assertThatThrownBy(() -> parse(record(kind, lacking)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(kind + " without " + image);
    parse(record(kind, lacking.replace("NEW_AND_OLD_IMAGES", "KEYS_ONLY")));
    assertThat(page.count()).isEqualTo(1);
  }

  @Test
  void aRemoveHasNoNewImage() {
    assertThatThrownBy(() -> parse(record("REMOVE", WHOLE)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("REMOVE with NewImage");
  }

  @Test
  void anAnswerCutAnywhereIsRefused() {
    byte[] bytes = PAGE.strip().getBytes(UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      int cut = length;
      assertThatThrownBy(() -> page.parse(bytes, 0, cut)).isInstanceOf(FormatException.class);
      assertThat(page.count()).isZero();
    }
  }

  @Test
  void damagedBytesAreReadOrRefusedAndNothingElse() {
    Random random = new Random(20261121);
    byte[] bytes = PAGE.getBytes(UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = bytes.clone();
      for (int times = 1 + random.nextInt(3); times > 0; times--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        page.parse(damaged, 0, damaged.length);
        for (int record = 0; record < page.count(); record++) {
          assertThat(page.keys(record).size()).isPositive();
        }
      } catch (FormatException e) {
        assertThat(page.count()).isZero();
      }
    }
  }
}
