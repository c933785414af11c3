// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static io.dynavault.core.expression.TestingItems.item;
import static io.dynavault.core.expression.TestingItems.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.item.Item;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterExpressionTest {
  private static final Item ORDER =
      item(
          """
          {'n':{'N':'5'},'neg':{'N':'-7'},'big':{'N':'99999999999999999999999999999999999999'},
           's':{'S':'hello'},'empty':{'S':''},'bin':{'B':'Af8='},'yes':{'BOOL':true},
           'nul':{'NULL':true},'list':{'L':[{'N':'1'},{'S':'x'},{'M':{'k':{'S':'v'}}}]},
           'map':{'M':{'a':{'N':'1'},'b':{'M':{'deep':{'S':'down'}}}}},
           'ss':{'SS':['x','y']},'ns':{'NS':['1','2.50']},'bs':{'BS':['AQ==','Ag==']},
           'a.b':{'S':'dot'},'status':{'S':'open'},'n2':{'N':'5.00'},'list2':{'L':[]}}
          """);
  private static final String VALUES =
      """
      {':five':{'N':'5.0'},':six':{'N':'6'},':one':{'N':'1'},':two':{'N':'2'},':zero':{'N':'0'},
       ':hello':{'S':'hello'},':he':{'S':'he'},':ll':{'S':'ll'},':x':{'S':'x'},':z':{'S':'z'},
       ':true':{'BOOL':true},':null':{'NULL':true},':ns':{'NS':['2.5','1.0']},
       ':m':{'M':{'k':{'S':'v'}}},':ff':{'B':'/w=='},':b1':{'B':'AQ=='},':N':{'S':'N'},
       ':S':{'S':'S'},':M':{'S':'M'},':empty':{'S':''},':half':{'N':'2.5'}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n = :five",
        "n=n2",
        "n <> :six",
        "n < :six AND n <= :five AND n > :one AND n >= :five",
        "neg < :zero",
        "big > :six",
        "s = :hello",
        "s > :he and s < :z",
        "bin > :b1",
        "yes = :true",
        "nul = :null",
        "ns = :ns",
        "n <> :hello",
        "n BETWEEN :one AND :five",
        "n between :five and :six and s = :hello",
        "n IN (:one, :hello, :five)",
        "s IN (s2, :hello)",
        "attribute_exists(map.b.deep)",
        "attribute_exists(list[2].k)",
        "attribute_not_exists(list[3])",
        "attribute_not_exists(s.x)",
        "attribute_type(n, :N)",
        "attribute_type(map, :M)",
        "attribute_type(size(s), :N)",
        "begins_with(s, :he)",
        "begins_with(s, :empty)",
        "begins_with(bin, :b1)",
        "contains(s, :ll)",
        "contains(ss, :x)",
        "contains(ns, :half)",
        "contains(bs, :b1)",
        "contains(bin, :ff)",
        "contains(list, :one)",
        "contains(list, :m)",
        "size(s) = :five",
        "size(list) > size(ss)",
        "size(empty) = :zero",
        "size(map) = :two",
        "NOT n = :six",
        "NOT NOT n = :five",
        "n = :six OR n = :five AND s = :hello",
        "NOT (n = :six OR s = :x)",
        "NOT n = :six AND NOT s = :x",
        "missing <> :five",
        "missing <> gone",
        "NOT missing = :five",
        "size(missing) <> :five",
        "size(n) <> :zero",
        "(n) = (:five)",
        "status = :hello OR size(status) > :zero",
        ":six = :six",
        "  n\t=\r\n:five  ",
      })
  void matchesAsDynamoDbDoes(String expression) {
    assertThat(parse(expression).matches(ORDER)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n = :hello",
        "n <> :five",
        "n < :hello",
        "s < :six",
        "missing = :five",
        "missing = gone",
        "missing < :five",
        "missing >= gone",
        "n BETWEEN missing AND :six",
        "missing BETWEEN :one AND :six",
        "n BETWEEN :he AND :z",
        "missing IN (missing2, :five)",
        "attribute_exists(ss[0])",
        "attribute_exists(a.b)",
        "attribute_type(missing, :N)",
        "attribute_type(n, :S)",
        "begins_with(n, :he)",
        "begins_with(s, missing)",
        "begins_with(bin, :he)",
        "contains(s, :one)",
        "contains(ns, :x)",
        "contains(map, :x)",
        "contains(list2, :x)",
        "contains(s, missing)",
        "size(n) = :one",
        "size(missing) = :zero",
        "size(s) = :hello",
        "NOT missing <> :five",
        "(n = :six OR n = :five) AND s = :x",
      })
  void doesNotMatchAsDynamoDbDoesNot(String expression) {
    assertThat(parse(expression).matches(ORDER)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "n = | unexpected end of the expression at character 4 | n =>>>",
        "n == :five | unexpected '=' at character 4 | n =>>>= :five",
        "n = 5 | unexpected '5' at character 5 | n = >>>5",
        "n = 'x' | unexpected character at character 5 | n = >>>'x'",
        "n != :five | unexpected character at character 3 | n >>>!= :five",
        "n | a value stands where a condition is needed at character 1 | >>>n",
        "s = :hello AND n | a value stands where a condition is needed at character 16"
            + " | s = :hello AND >>>n",
        "size(s) | a value stands where a condition is needed at character 1 | >>>size(s)",
        "contains(s, :x) = :five | a condition stands where a value is needed at character 1"
            + " | >>>contains(s, :x) = :five",
        "n = :five s | unexpected 's' at character 11 | n = :five >>>s",
        "((n = :five)) | redundant parentheses at character 1 | >>>((n = :five))",
        "foo(n) | no function of conditions is called 'foo' (names are in lower case)"
            + " at character 1 | >>>foo(n)",
        "SIZE(n) = :one | no function of conditions is called 'SIZE' (names are in lower case)"
            + " at character 1 | >>>SIZE(n) = :one",
        "n = :none | no value is given for the placeholder ':none' at character 5 | n = >>>:none",
        "#none = :x | no name is given for the placeholder '#none' at character 1 | >>>#none = :x",
        "yes < :true | '<' cannot be applied to type BOOL at character 5 | yes >>>< :true",
        "begins_with(s, :one) | 'begins_with' cannot be applied to type N at character 1"
            + " | >>>begins_with(s, :one)",
        "n BETWEEN :six AND :one | the lower bound of BETWEEN is above the upper at character 3"
            + " | n >>>BETWEEN :six AND :one",
        "n BETWEEN :x AND :one | the bounds of BETWEEN are of different types at character 3"
            + " | n >>>BETWEEN :x AND :one",
        "n = n | '=' has one path on both sides at character 3 | n >>>= n",
        "attribute_exists(:x) | 'attribute_exists' needs an attribute at character 1"
            + " | >>>attribute_exists(:x)",
        "size(n, s) = :one | 'size' needs 1 operands, not 2 at character 1"
            + " | >>>size(n, s) = :one",
        "list[99999999999] = :x | list index is too large at character 6"
            + " | list[>>>99999999999] = :x",
        "list[01] = :x | unexpected '1' at character 7 | list[0>>>1] = :x",
      })
  void pointsAtTheFault(String expression, String reason, String marked) {
    DynavaultException e = refusal(expression);

    assertThat(e.code()).isEqualTo(ErrorCode.FILTER_INVALID);
    assertThat(e).hasMessage("unable to read the filter expression: " + reason);
    assertThat(e.hint()).isEqualTo("see what follows the mark '>>>': " + marked);
  }

  @Test
  void refusesAttributeTypesThatDoNotExist() {
    assertThat(refusal("attribute_type(n, :x)"))
        .hasMessageContaining("needs a placeholder for one of S, N, B,");
    assertThat(refusal("attribute_type(n, s)"))
        .hasMessageContaining("needs a placeholder for one of S, N, B,");
  }

  @Test
  void replacesNamePlaceholdersWholly() {
    ExpressionNames names = ExpressionNames.parse(quoted("{'#dotted':'a.b','#m':'map'}"));

    FilterExpression filter =
        FilterExpression.parse(
            "attribute_exists(#dotted) AND attribute_exists(#m.b)", names, ExpressionValues.none());

    assertThat(filter.matches(ORDER)).isTrue();
  }

  @Test
  void refusesPlaceholdersThatAreNotUsed() {
    ExpressionNames names = ExpressionNames.parse(quoted("{'#s':'status'}"));
    ExpressionValues values = ExpressionValues.parse(quoted("{':v':{'S':'x'}}"));

    assertThat(refusal("attribute_exists(s)", names, ExpressionValues.none()))
        .hasMessage(
            "unable to read the filter expression: the placeholder '#s' is given but not used");
    assertThat(refusal("attribute_exists(s)", ExpressionNames.none(), values))
        .hasMessage(
            "unable to read the filter expression: the placeholder ':v' is given but not used");
  }

  @Test
  void keepsTheLimitsOfDynamoDb() {
    String many = String.join(" OR ", Collections.nCopies(151, "n = :one"));
    String candidates = String.join(",", Collections.nCopies(101, ":one"));
    String deep = String.join(".", Collections.nCopies(33, "a"));

    assertThat(parse(many.substring(0, many.lastIndexOf(" OR "))).matches(ORDER)).isFalse();
    assertThat(refusal(many)).hasMessageContaining("more than 300 operators and functions");
    assertThat(refusal("n IN (" + candidates + ")"))
        .hasMessageContaining("IN has more than 100 operands");
    assertThat(refusal("attribute_exists(" + deep + ")"))
        .hasMessageContaining("path of more than 32 levels");
    assertThat(refusal("n = :one" + " ".repeat(4089))).hasMessageContaining("over 4096 bytes");
    assertThat(refusal(" ")).hasMessageContaining("it is empty");
    assertThat(refusal("(".repeat(4000))).hasMessageContaining("too many parentheses");
  }

  @Test
  void sizeOfAStringCountsUtf16Units() {
    Item emoji = item("{'s':{'S':'\uD83D\uDE00'}}");

    assertThat(parse("size(s) = :two").matches(emoji)).isTrue();
  }

  @Test
  void readsTheMapsOfTheAwsCli() {
    assertThat(ExpressionNames.parse(" {\"#n1\" : \"a b\"} ").names())
        .containsExactly(org.assertj.core.api.Assertions.entry("#n1", "a b"));
    assertThat(ExpressionValues.parse("{\":v\":{\"N\":\"1e2\"}}").values()).containsKey(":v");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "null",
        "{'#n':1}",
        "{'n':'x'}",
        "{'#':'x'}",
        "{'#n':''}",
        "{'#n-m':'x'}",
        "{'#n':'x'} {}",
        "{'#n':'x','#n':'y'}",
        "{'#n':{'S':'x'}}"
      })
  void refusesNamesThatAreNone(String json) {
    DynavaultException e =
        catchThrowableOfType(DynavaultException.class, () -> ExpressionNames.parse(quoted(json)));

    assertThat(e.code()).isEqualTo(ErrorCode.FILTER_INVALID);
    assertThat(e).hasMessageStartingWith("unable to read the expression attribute names: ");
    assertThat(e.hint()).isEqualTo("write them as JSON such as {\"#s\":\"status\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{':v':'secret'}",
        "{':v':{'N':'secret'}}",
        "{'v':{'S':'secret'}}",
        "{':':{'S':'secret'}}",
        "{':v':{'SS':[]}}",
        "{':v':{'S':'secret','N':'1'}}",
        "{':v':{'NULL':false}}",
        "{':v':{'S':'secret'}} x"
      })
  void refusesValuesThatAreNoneWithoutShowingThem(String json) {
    DynavaultException e =
        catchThrowableOfType(DynavaultException.class, () -> ExpressionValues.parse(quoted(json)));

    assertThat(e.code()).isEqualTo(ErrorCode.FILTER_INVALID);
    assertThat(e).hasMessageStartingWith("unable to read the expression attribute values: ");
    assertThat(e.getMessage() + e.hint()).doesNotContain("secret");
  }

  private static FilterExpression parse(String expression) {
    return FilterExpression.parse(expression, ExpressionNames.none(), valuesUsedBy(expression));
  }

  private static DynavaultException refusal(String expression) {
    return refusal(expression, ExpressionNames.none(), valuesUsedBy(expression));
  }

  private static DynavaultException refusal(
      String expression, ExpressionNames names, ExpressionValues values) {
    return catchThrowableOfType(
        DynavaultException.class, () -> FilterExpression.parse(expression, names, values));
  }

  private static ExpressionValues valuesUsedBy(String expression) {
    var all = new java.util.HashMap<>(ExpressionValues.parse(quoted(VALUES)).values());
    all.keySet().removeIf(name -> !expression.matches("(?s).*" + name + "\\b.*"));
    return new ExpressionValues(all);
  }
}
