// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanPageTest {
  private final ScanPage page = new ScanPage();
  private byte[] body = {};

  @Test
  void slicesItemsAndKeyVerbatim() {
    parse(
        """
        {"Count":2,"Items":[{"pk":{"S":"a"},"n":{"N":"1.50"}},{"pk":{"S":"b"}}],\
        "LastEvaluatedKey":{"pk":{"S":"b"}},"ScannedCount":7,\
        "ConsumedCapacity":{"TableName":"t","CapacityUnits":128.5}}\
        """);

    assertThat(items())
        .containsExactly("{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1.50\"}}", "{\"pk\":{\"S\":\"b\"}}");
    assertThat(lastEvaluatedKey()).isEqualTo("{\"pk\":{\"S\":\"b\"}}");
    assertThat(page.scannedCount()).isEqualTo(7);
    assertThat(page.consumedCapacityUnits()).isEqualTo(128.5);
    assertThat(page.itemSize(0)).isEqualTo(2 + 1 + 1 + 2);
    assertThat(page.itemSize(1)).isEqualTo(2 + 1);
  }

  @Test
  void aCountHasANumberAndAPositionAndNoItems() {
    parseCount("{\"Count\":5,\"ScannedCount\":9,\"LastEvaluatedKey\":{\"pk\":{\"S\":\"b\"}}}");

    assertThat(page.count()).isEqualTo(5);
    assertThat(page.scannedCount()).isEqualTo(9);
    assertThat(page.itemCount()).isZero();
    assertThat(lastEvaluatedKey()).isEqualTo("{\"pk\":{\"S\":\"b\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"ScannedCount\":5}",
        "{\"Count\":1,\"Items\":[{\"pk\":{\"S\":\"a\"}}]}",
        "{\"Count\":0,\"Items\":[]}",
        "{\"Count\":5,\"ScannedCount\":4}",
        "{\"Count\":-1}"
      })
  void refusesACountThatIsNone(String text) {
    assertThatThrownBy(() -> parseCount(text)).isInstanceOf(FormatException.class);
    assertThat(page.count()).isZero();
  }

  @Test
  void takesMembersInAnyOrderWithWhiteSpaceAndIgnoresUnknownOnes() {
    parse(
        " {\n"
            + "\"Future\" : [ {} , [ ] , -1.5e+3 , null , false , \"\\\"]\" ] ,\r\n"
            + "\"LastEvaluatedKey\" : { \"pk\" : { \"N\" : \"1\" } } ,\t\"Items\" : [ { } , { \"a\""
            + " : { \"NULL\" : true } } ] , \"Count\" : 2 } \n");

    assertThat(items()).containsExactly("{ }", "{ \"a\" : { \"NULL\" : true } }");
    assertThat(lastEvaluatedKey()).isEqualTo("{ \"pk\" : { \"N\" : \"1\" } }");
    assertThat(page.scannedCount()).isEqualTo(2);
    assertThat(page.consumedCapacityUnits()).isZero();
  }

  @Test
  void isNotFooledByTextInsideStrings() {
    String item =
        "{\"LastEvaluatedKey\":{\"S\":\"\\\"}],\\\\\"},\"Items\":{\"L\":[{\"S\":\"[{\"}]}}";
    parse("{\"Items\":[" + item + "],\"Count\":1}");

    assertThat(items()).containsExactly(item);
    assertThat(page.hasLastEvaluatedKey()).isFalse();
    assertThatThrownBy(page::lastEvaluatedKeyOffset).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void readsOnlyTheGivenLength() {
    byte[] buffer = "{\"Items\":[],\"Count\":0}}}}garbage of the page before".getBytes(UTF_8);
    page.parse(buffer, 22);
    assertThat(page.itemCount()).isZero();
  }

  @Test
  void isEmptyAfterARefusedPage() {
    parse("{\"Items\":[{}],\"Count\":1,\"LastEvaluatedKey\":{\"a\":{\"S\":\"x\"}}}");
    assertThatThrownBy(() -> parse("{\"Items\":[{},{}],\"Count\":1}"))
        .isInstanceOf(FormatException.class)
        .hasMessage("malformed JSON at byte 27: Count is 1 but there are 2 items");
    assertThat(page.itemCount()).isZero();
    assertThat(page.hasLastEvaluatedKey()).isFalse();
  }

  @Test
  void keepsMoreItemsThanItHasRoomForAtFirst() {
    StringBuilder text = new StringBuilder("{\"Count\":5000,\"Items\":[");
    for (int i = 0; i < 5000; i++) {
      text.append(i == 0 ? "" : ",").append("{\"n\":{\"N\":\"").append(i).append("\"}}");
    }
    parse(text.append("]}").toString());
    assertThat(items().get(4999)).isEqualTo("{\"n\":{\"N\":\"4999\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "null",
        "[]",
        "{\"Count\":0}",
        "{\"Items\":[]}",
        "{\"Items\":[],\"Count\":1}",
        "{\"Items\":[{}],\"Count\":0}",
        "{\"Items\":[],\"Count\":-0}",
        "{\"Items\":[],\"Count\":0.0}",
        "{\"Items\":[],\"Count\":00}",
        "{\"Items\":[],\"Count\":\"0\"}",
        "{\"Items\":[],\"Count\":0}x",
        "{\"Items\":[],\"Count\":0}{}",
        "{\"Items\":[],\"Count\":0,}",
        "{\"Items\":[],\"Count\":0",
        "{\"Items\":[,],\"Count\":0}",
        "{\"Items\":[{},],\"Count\":1}",
        "{\"Items\":[{}{}],\"Count\":2}",
        "{\"Items\":[1],\"Count\":1}",
        "{\"Items\":[\"{}\"],\"Count\":1}",
        "{\"Items\":[[]],\"Count\":1}",
        "{\"Items\":{},\"Count\":0}",
        "{\"Items\":null,\"Count\":0}",
        "{\"Items\":[],\"Items\":[],\"Count\":0}",
        "{\"Items\":[],\"\\u0049tems\":[],\"Count\":0}",
        "{\"Items\":[],\"Count\":0,\"Count\":0}",
        "{\"Items\":[],\"Count\":0,\"ScannedCount\":1e3}",
        "{\"Items\":[{}],\"Count\":1,\"ScannedCount\":0}",
        "{\"Items\":[],\"Count\":0,\"LastEvaluatedKey\":null}",
        "{\"Items\":[],\"Count\":0,\"LastEvaluatedKey\":{}}",
        "{\"Items\":[],\"Count\":0,\"LastEvaluatedKey\":{\"a\":1}}",
        "{\"Items\":[],\"Count\":0,\"LastEvaluatedKey\":{\"a\":{\"S\":\"\"}}",
        "{\"Items\":[],\"Count\":0,\"ConsumedCapacity\":1}",
        "{\"Items\":[],\"Count\":0,\"ConsumedCapacity\":{\"CapacityUnits\":\"1\"}}",
        "{\"Items\":[],\"Count\":0,\"x\":truth}",
        "{\"Items\":[],\"Count\":0,\"x\":nul}",
        "{\"Items\":[],\"Count\":0,\"x\":01}",
        "{\"Items\":[],\"Count\":0,\"x\":1.}",
        "{\"Items\":[],\"Count\":0,\"x\":.5}",
        "{\"Items\":[],\"Count\":0,\"x\":+1}",
        "{\"Items\":[],\"Count\":0,\"x\":-}",
        "{\"Items\":[],\"Count\":0,\"x\":1e}",
        "{\"Items\":[],\"Count\":0,\"x\":\"\t\"}",
        "{\"Items\":[],\"Count\":0,\"x\":\"\\x\"}",
        "{\"Items\":[],\"Count\":0,\"x\":\"\\u12G4\"}",
        "{\"Items\":[],\"Count\":0,\"x\":\"\\u123",
        "{\"Items\":[],\"Count\":0,\"x\":[1}}",
        "{\"Items\":[],\"Count\":0,\"x\":{1:2}}",
        "{\"Items\":[],\"Count\":0,\"x\":{\"a\"}}",
        "{\"Items\":[],\"Count\":0,x:1}",
        "{'Items':[],'Count':0}",
        "\u00a0{\"Items\":[],\"Count\":0}",
        "\ufeff{\"Items\":[],\"Count\":0}",
        "{\"Items\":[],\"Count\":0}\u0000",
        "{\"Items\":[],\"Count\":0 /* c */}"
      })
  void refusesAMalformedResponse(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(FormatException.class)
        .hasMessageMatching("malformed JSON at byte \\d+: .+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1}",
        "{\"a\":\"S\"}",
        "{\"a\":{}}",
        "{\"a\":{\"S\":\"x\",\"N\":\"1\"}}",
        "{\"a\":{\"S\":1}}",
        "{\"a\":{\"S\":null}}",
        "{\"a\":{\"s\":\"x\"}}",
        "{\"a\":{\"X\":\"x\"}}",
        "{\"a\":{\"\":\"x\"}}",
        "{\"a\":{\"SSS\":[\"x\"]}}",
        "{\"a\":{\"LS\":[\"x\"]}}",
        "{\"a\":{\"BOOK\":true}}",
        "{\"a\":{\"N\":1}}",
        "{\"a\":{\"N\":\"\"}}",
        "{\"a\":{\"N\":\"NaN\"}}",
        "{\"a\":{\"N\":\"Infinity\"}}",
        "{\"a\":{\"N\":\"0x1\"}}",
        "{\"a\":{\"N\":\"1 \"}}",
        "{\"a\":{\"N\":\"1e\"}}",
        "{\"a\":{\"N\":\".\"}}",
        "{\"a\":{\"N\":\"1.2.3\"}}",
        "{\"a\":{\"N\":\"--1\"}}",
        "{\"a\":{\"B\":\"a\"}}",
        "{\"a\":{\"B\":\"YQ\"}}",
        "{\"a\":{\"B\":\"YQ=\"}}",
        "{\"a\":{\"B\":\"YR==\"}}",
        "{\"a\":{\"B\":\"Y===\"}}",
        "{\"a\":{\"B\":\"====\"}}",
        "{\"a\":{\"B\":\"YQ==YQ==\"}}",
        "{\"a\":{\"B\":\"_-_-\"}}",
        "{\"a\":{\"B\":[\"YQ==\"]}}",
        "{\"a\":{\"BOOL\":\"true\"}}",
        "{\"a\":{\"BOOL\":null}}",
        "{\"a\":{\"NULL\":false}}",
        "{\"a\":{\"NULL\":null}}",
        "{\"a\":{\"SS\":[]}}",
        "{\"a\":{\"SS\":\"x\"}}",
        "{\"a\":{\"SS\":[1]}}",
        "{\"a\":{\"NS\":[\"a\"]}}",
        "{\"a\":{\"BS\":[\"a\"]}}",
        "{\"a\":{\"L\":{}}}",
        "{\"a\":{\"L\":[\"x\"]}}",
        "{\"a\":{\"M\":[]}}",
        "{\"a\":{\"M\":{\"b\":\"x\"}}}"
      })
  void refusesAnItemThatIsNotDynamoDbJson(String item) {
    assertThatThrownBy(() -> parse("{\"Items\":[" + item + "],\"Count\":1}"))
        .isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> DynamoDbJson.decode(item.getBytes(UTF_8)))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void slicesLoneSurrogatesThatDynamoDbLocalStores() {
    String item = "{\"a\\udc00\":{\"S\":\"\\uD800\\ud800x\"}}";
    parse("{\"Items\":[" + item + "],\"Count\":1}");
    assertThat(items()).containsExactly(item);
    assertThat(page.itemSize(0)).isEqualTo(1 + 3 + 3 + 3 + 1);
    assertThatThrownBy(() -> DynamoDbJson.decode(item.getBytes(UTF_8)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("lone surrogate");
  }

  @Test
  void boundsNesting() {
    parse("{\"Items\":[" + nested(32) + "],\"Count\":1}");
    assertThat(page.itemCount()).isOne();
    assertThatThrownBy(() -> parse("{\"Items\":[" + nested(36) + "],\"Count\":1}"))
        .hasMessageContaining("nested deeper than 35 lists and maps");
    assertThatThrownBy(() -> parse("{\"x\":" + "[".repeat(100_000)))
        .hasMessageContaining("nested deeper than 80 levels");
  }

  private static String nested(int depth) {
    String value = "{\"SS\":[\"deep\"]}";
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? "{\"L\":[" + value + "]}" : "{\"M\":{\"k\":" + value + "}}";
    }
    return "{\"a\":" + value + "}";
  }

  private void parseCount(String text) {
    body = text.getBytes(UTF_8);
    page.parseCount(body, body.length);
  }

  private void parse(String text) {
    body = text.getBytes(UTF_8);
    page.parse(body, body.length);
  }

  private List<String> items() {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < page.itemCount(); i++) {
      items.add(new String(body, page.itemOffset(i), page.itemLength(i), UTF_8));
    }
    return items;
  }

  private String lastEvaluatedKey() {
    return new String(body, page.lastEvaluatedKeyOffset(), page.lastEvaluatedKeyLength(), UTF_8);
  }
}
