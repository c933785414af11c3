// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.masking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.format.item.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskingRulesTest {
  private static final MaskingSalt SALT = MaskingSalt.of("0123456789abcdef");
  private static final KeySchema KEY =
      KeySchema.of(new KeyAttribute("pk", ScalarType.S), new KeyAttribute("sk", ScalarType.N));
  private static final String PERSON =
      """
      {'pk':{'S':'p1'},'sk':{'N':'1'},'name':{'S':'Ada'},'a.b':{'S':'dotted'},\
      'home':{'M':{'street':{'S':'Main St'},'zip':{'S':'1234'},'geo':{'M':{'lat':{'N':'1.5'}}}}},\
      'people':{'L':[{'M':{'mail':{'S':'x@y'},'age':{'N':'7'}}},{'S':'text'},\
      {'M':{'mail':{'S':'z@y'}}}]}}\
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "drop:name | ,'name':{'S':'Ada'} | ``",
        "drop:\"a.b\" | ,'a.b':{'S':'dotted'} | ``",
        "drop:home.zip | ,'zip':{'S':'1234'} | ``",
        "drop:home.geo.* | {'lat':{'N':'1.5'}} | {}",
        "drop:people[1] | ,{'S':'text'} | ``",
        "drop:people[0].age | ,'age':{'N':'7'} | ``",
        "drop:people[2].mail | {'mail':{'S':'z@y'}} | {}",
        "replace:name=Bob | {'S':'Ada'} | {'S':'Bob'}",
        "replace: name = Bob Lee | {'S':'Ada'} | {'S':'Bob Lee'}",
        "replace:name= | {'S':'Ada'} | {'S':''}",
        "replace:name=a=b | {'S':'Ada'} | {'S':'a=b'}",
        "replace:home.geo.lat={\"N\":\"0\"} | {'N':'1.5'} | {'N':'0'}",
        "replace:home.geo={\"L\":[]} | {'M':{'lat':{'N':'1.5'}}} | {'L':[]}",
        "drop:missing | Ada | Ada",
        "drop:name.first | Ada | Ada",
        "drop:people[9] | Ada | Ada",
        "drop:home[0] | Ada | Ada",
        "drop:people.mail | Ada | Ada",
        "drop:pk.x | Ada | Ada",
      })
  void changesWhatIsAtThePathAndNothingElse(String rule, String before, String after) {
    assertThat(masked(PERSON, rule)).isEqualTo(quoted(PERSON.replace(before, after)));
  }

  @Test
  void wildcardsReachEveryElementAndEntry() {
    assertThat(masked(PERSON, "replace:people[*].mail=x"))
        .isEqualTo(quoted(PERSON.replace("x@y", "x").replace("z@y", "x")));
    assertThat(masked(PERSON, "drop:people[*]")).contains("\"people\":{\"L\":[]}");
    assertThat(masked(PERSON, "replace:home.*=x"))
        .contains(quoted("'home':{'M':{'street':{'S':'x'},'zip':{'S':'x'},'geo':{'S':'x'}}}"));
    assertThat(masked(PERSON, "replace:*.zip=x")).isEqualTo(quoted(PERSON.replace("1234", "x")));
  }

  @Test
  void appliesRulesInTheirOrder() {
    assertThat(masked("{'a':{'S':'x'}}", "replace:a=y", "drop:a")).isEqualTo("{}");
    assertThat(masked("{'a':{'S':'x'}}", "drop:a", "replace:a=y")).isEqualTo("{}");
  }

  @Test
  void hashesToKnownValues() {
    // printf 'SAda' | openssl dgst -sha256 -hmac 0123456789abcdef, and so on for N1.5 and B<ff>:
    // the first 16 bytes, of the number the first 15 as an integer.
    assertThat(masked("{'v':{'S':'Ada'}}", "hash:v"))
        .isEqualTo(quoted("{'v':{'S':'c713390164494d08083d671b1eecbb94'}}"));
    assertThat(masked("{'v':{'N':'1.50'}}", "hash:v"))
        .isEqualTo(quoted("{'v':{'N':'125704307787749088945171794404745635'}}"));
    assertThat(masked("{'v':{'B':'/w=='}}", "hash:v"))
        .isEqualTo(quoted("{'v':{'B':'80T990itJ2KvQVc/yLuklA=='}}"));
  }

  @Test
  void hashesEachElementOfSetsAndAllInsideMapsAndLists() {
    String hashed =
        masked(
            """
            {'v':{'M':{'kept name':{'L':[{'S':'Ada'},{'BOOL':true},{'NULL':true}]},\
            'set':{'SS':['Ada','Bob']},'numbers':{'NS':['1.5','2']},'bytes':{'BS':['/w==']}}}}\
            """,
            "hash:v");

    assertThat(hashed)
        .contains(
            "kept name",
            "c713390164494d08083d671b1eecbb94",
            "125704307787749088945171794404745635",
            "80T990itJ2KvQVc/yLuklA==",
            "{\"BOOL\":true},{\"NULL\":true}")
        .doesNotContain("Ada", "Bob", "\"1.5\"", "\"2\"", "/w==");
  }

  @Test
  void keysAreHashedAlikeInEveryTable() {
    KeySchema orders = KeySchema.of(new KeyAttribute("customer", ScalarType.S));
    MaskingRules rules = MaskingRules.parse(List.of("hash:pk", "hash:customer"), SALT);

    Item customer = rules.forTable(KEY).apply(item("{'pk':{'S':'c7'},'sk':{'N':'1'}}"));
    Item order = rules.forTable(orders).apply(item("{'customer':{'S':'c7'}}"));

    assertThat(customer.attribute("pk")).isEqualTo(order.attribute("customer"));
  }

  @Test
  void anotherSaltGivesAnotherHash() {
    MaskingRules other = MaskingRules.parse(List.of("hash:v"), MaskingSalt.of("another salt here"));

    assertThat(other.forTable(KEY).apply(item("{'v':{'S':'Ada'}}")))
        .isNotEqualTo(
            MaskingRules.parse(List.of("hash:v"), SALT)
                .forTable(KEY)
                .apply(item("{'v':{'S':'Ada'}}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drop:pk",
        "drop:sk",
        "replace:pk=x",
        "replace:sk={\"N\":\"1\"}",
        "drop:*",
        "replace:*=x",
        "drop:\"pk\""
      })
  void refusesRulesThatWouldMakeItemsOne(String rule) {
    MaskingRules rules = MaskingRules.parse(List.of(rule), SALT);

    DynavaultException e =
        catchThrowableOfType(DynavaultException.class, () -> rules.forTable(KEY));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(e)
        .hasMessageMatching(
            "unable to (drop|replace) the attribute '(pk|sk)': it is a key of the table");
    assertThat(e.hint()).isEqualTo("hash key attributes, so that items stay different ones");
  }

  @Test
  void hashingAllAttributesKeepsTheKeys() {
    Item hashed = MaskingRules.parse(List.of("hash:*"), SALT).forTable(KEY).apply(item(PERSON));

    assertThat(hashed.attribute("pk")).containsInstanceOf(Value.S.class);
    assertThat(hashed.attribute("sk")).containsInstanceOf(Value.N.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name | it does not begin with drop:, hash: or replace:",
        "mask:name | it does not begin with drop:, hash: or replace:",
        "drop: | a name is missing at character 6",
        "drop:a..b | a name is missing at character 8",
        "drop:a[x] | unexpected text at character 7",
        "drop:a[-1] | unexpected text at character 7",
        "drop:a=b | unexpected text at character 7",
        "drop:a,b | unexpected text at character 7",
        "drop:\"a | a name is missing at character 6",
        "replace:a | '=' is missing at character 10",
        "replace:a={\"X\":\"secret\"} | the value is not DynamoDB JSON",
        "replace:a={\"N\":\"secret\"} | the value is not DynamoDB JSON",
      })
  void refusesWhatIsNoRuleWithoutShowingValues(String rule, String reason) {
    DynavaultException e = refusal(() -> MaskingRules.parse(List.of(rule), SALT));

    assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(e)
        .hasMessageStartingWith(
            "unable to read the masking rule '%s': %s", rule.split("=", 2)[0], reason);
    assertThat(e.getMessage() + e.hint()).doesNotContain("secret");
    assertThat(e.hint())
        .isEqualTo(
            "write rules as drop:path, hash:path or replace:path=value, such as"
                + " hash:people[*].email");
  }

  @Test
  void hashingNeedsASecretSalt() {
    DynavaultException none = refusal(() -> MaskingRules.parse(List.of("hash:a")));
    DynavaultException weak = refusal(() -> MaskingSalt.of("hunter2"));

    assertThat(none)
        .hasMessage("unable to read the masking rule 'hash:a': hashing needs a masking salt");
    assertThat(weak).hasMessage("unable to use the masking salt: it is shorter than 16 bytes");
    assertThat(MaskingSalt.of("0123456789abcdef")).hasToString("MaskingSalt[hidden]");
  }

  private static DynavaultException refusal(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(DynavaultException.class, call);
  }

  private static String masked(String json, String... rules) {
    ItemMask mask = MaskingRules.parse(List.of(rules), SALT).forTable(KEY);
    return new String(DynamoDbJson.encode(mask.apply(item(json))), UTF_8);
  }

  private static Item item(String json) {
    return DynamoDbJson.decode(quoted(json).getBytes(UTF_8));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
