// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static io.dynavault.core.expression.TestingItems.item;
import static io.dynavault.core.expression.TestingItems.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFilterTest {
  private static final KeySchema STRINGS = schema("pk", ScalarType.S, "sk", ScalarType.S);
  private static final KeySchema NUMBERED = schema("pk", ScalarType.S, "n", ScalarType.N);
  private static final KeySchema BINARY = KeySchema.of(new KeyAttribute("b", ScalarType.B));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pk=a",
        "pk = a",
        "pk=a,sk=b",
        "pk=a, sk = b ",
        "sk=b",
        "sk>=b",
        "sk<=b",
        "sk>a,sk<c",
        "pk=a,sk between a and c",
        "sk BETWEEN b AND b",
        "pk begins_with a",
        "pk='a',sk=\"b\"",
        "pk=a,sk between 'a' and \"c\"",
        "{'pk':{'S':'a'}}",
        " {'pk':{'S':'a'},'sk':{'S':'b'}}",
      })
  void choosesTheItem(String condition) {
    String text = condition.contains("{") ? quoted(condition) : condition;

    assertThat(chooses(text, STRINGS, "{'pk':{'S':'a'},'sk':{'S':'b'}}")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pk=b",
        "pk=A",
        "pk=a,sk=a",
        "pk=b,sk=b",
        "sk>b",
        "sk<b",
        "pk=a,sk between c and d",
        "sk begins_with bb",
      })
  void leavesOtherItems(String condition) {
    assertThat(chooses(condition, STRINGS, "{'pk':{'S':'a'},'sk':{'S':'b'}}")).isFalse();
  }

  @Test
  void valuesMayHaveAnyCharacters() {
    assertThat(chooses("pk=a=b,sk=c d", STRINGS, "{'pk':{'S':'a=b'},'sk':{'S':'c d'}}")).isTrue();
    assertThat(chooses("pk='a,b',sk=x", STRINGS, "{'pk':{'S':'a,b'},'sk':{'S':'x'}}")).isTrue();
    assertThat(chooses("pk='it''s'", STRINGS, "{'pk':{'S':'it\\u0027s'},'sk':{'S':'x'}}")).isTrue();
    assertThat(chooses("pk=\" a \"", STRINGS, "{'pk':{'S':' a '},'sk':{'S':'x'}}")).isTrue();
    assertThat(chooses("pk=a'b", STRINGS, "{'pk':{'S':'a\\u0027b'},'sk':{'S':'x'}}")).isTrue();
    assertThat(chooses("pk=rock and roll", STRINGS, "{'pk':{'S':'rock and roll'},'sk':{'S':'x'}}"))
        .isTrue();
  }

  @Test
  void numbersCompareByValue() {
    String seven = "{'pk':{'S':'a'},'n':{'N':'7.0'}}";

    assertThat(chooses("pk=a,n=7", NUMBERED, seven)).isTrue();
    assertThat(chooses("pk=a,n=70e-1", NUMBERED, seven)).isTrue();
    assertThat(chooses("n>=7,n<10", NUMBERED, seven)).isTrue();
    assertThat(chooses("n between -1 and 6.9", NUMBERED, seven)).isFalse();
    assertThat(chooses(quoted("{'n':{'N':'07.00'}}"), NUMBERED, seven)).isTrue();
  }

  @Test
  void binaryKeysAreBase64() {
    assertThat(chooses("b=Af8=", BINARY, "{'b':{'B':'Af8='}}")).isTrue();
    assertThat(chooses("b begins_with Ag==", BINARY, "{'b':{'B':'Af8='}}")).isFalse();
    assertThat(chooses("b>=AQ==", BINARY, "{'b':{'B':'/w=='}}")).isTrue();
  }

  @Test
  void namesMayContainWhatOperatorsAreMadeOf() {
    KeySchema odd = schema("a", ScalarType.S, "a b=c", ScalarType.S);

    assertThat(chooses("a=x,a b=c=y", odd, "{'a':{'S':'x'},'a b=c':{'S':'y'}}")).isTrue();
  }

  @Test
  void severalConditionsAreAlternatives() {
    KeyFilter filter =
        KeyFilter.parse(List.of("pk=a,sk=1", "pk=b", "pk=c,sk>5", "sk=only"), STRINGS);

    assertThat(filter.matches(key("a", "1"))).isTrue();
    assertThat(filter.matches(key("a", "2"))).isFalse();
    assertThat(filter.matches(key("b", "anything"))).isTrue();
    assertThat(filter.matches(key("c", "6"))).isTrue();
    assertThat(filter.matches(key("c", "4"))).isFalse();
    assertThat(filter.matches(key("z", "only"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x=secret",
        "pk",
        "pk=",
        "pk=''",
        "pk='secret",
        "pk='secret'x",
        "pk=a,b",
        "pk=a,,sk=b",
        "pk=a,",
        "sk between secret",
        "sk between z and a",
        "sk begins_with",
        "pk<>secret",
        "{}",
        "{\"x\":{\"S\":\"secret\"}}",
        "{\"pk\":{\"N\":\"1\"}}",
        "{\"pk\":\"secret\"}",
        "{\"pk\":{\"S\":\"\"}}",
      })
  void refusesWhatIsNoConditionWithoutShowingValues(String condition) {
    DynavaultException e =
        catchThrowableOfType(
            DynavaultException.class, () -> KeyCondition.parse(condition, STRINGS));

    assertThat(e.code()).isEqualTo(ErrorCode.FILTER_INVALID);
    assertThat(e).hasMessageStartingWith("unable to read the key condition: ");
    assertThat(e.getMessage() + e.hint()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=abc", "n=", "n begins_with 1", "n=1e400"})
  void refusesWhatIsNoNumber(String condition) {
    DynavaultException e =
        catchThrowableOfType(
            DynavaultException.class, () -> KeyCondition.parse(condition, NUMBERED));

    assertThat(e.code()).isEqualTo(ErrorCode.FILTER_INVALID);
  }

  @Test
  void saysWhatIsWrongAndHow() {
    DynavaultException e =
        catchThrowableOfType(DynavaultException.class, () -> KeyCondition.parse("pk=a,b", STRINGS));

    assertThat(e)
        .hasMessage(
            "unable to read the key condition: expected one of the key attributes ['pk', 'sk']"
                + " and an operator at character 6");
    assertThat(e.hint())
        .isEqualTo(
            "write it as pk=value, pk=value,sk>=value or as DynamoDB JSON"
                + " {\"pk\":{\"S\":\"value\"}}; quote values that contain commas");
  }

  private static boolean chooses(String condition, KeySchema schema, String item) {
    ItemKey key = new KeyReader(schema).read(item(item));
    boolean chosen = KeyCondition.parse(condition, schema).matches(key);
    assertThat(KeyFilter.parse(List.of(condition), schema).matches(key))
        .as("a filter of only this condition")
        .isEqualTo(chosen);
    return chosen;
  }

  private static ItemKey key(String partition, String sort) {
    return new KeyReader(STRINGS)
        .read(item("{'pk':{'S':'" + partition + "'},'sk':{'S':'" + sort + "'}}"));
  }

  private static KeySchema schema(
      String partition, ScalarType partitionType, String sort, ScalarType sortType) {
    return KeySchema.of(
        new KeyAttribute(partition, partitionType), new KeyAttribute(sort, sortType));
  }
}
