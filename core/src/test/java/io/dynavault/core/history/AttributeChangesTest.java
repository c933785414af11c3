// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.history.AttributeChange.Kind;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AttributeChangesTest {
  private static final Map<Kind, String> SIGNS =
      Map.of(Kind.ADDED, "+", Kind.REMOVED, "-", Kind.CHANGED, "~");

  @Test
  void namesWhatWasAddedRemovedAndChanged() {
    assertThat(
            changes(
                "{'pk':{'S':'a'},'gone':{'BOOL':true},'paid':{'N':'1'}}",
                "{'pk':{'S':'a'},'new':{'NULL':true},'paid':{'N':'2'}}"))
        .containsExactly("- gone", "+ new", "~ paid");
  }

  @Test
  void keepsBothValues() {
    AttributeChange change =
        AttributeChanges.between(item("{'n':{'N':'1'}}"), item("{'n':{'S':'1'}}")).get(0);

    assertThat(change.before()).contains(new Value.N("1"));
    assertThat(change.after()).contains(new Value.S("1"));
    assertThat(change.kind()).isEqualTo(Kind.CHANGED);
  }

  @Test
  void findsNothingWhereDynamoDbSeesTheSameItem() {
    assertThat(
            changes(
                "{'a':{'N':'1'},'b':{'SS':['x','y']},'c':{'M':{'d':{'NS':['1','2.50']}}}}",
                "{'c':{'M':{'d':{'NS':['2.5','1.0']}}},'b':{'SS':['y','x']},'a':{'N':'10E-1'}}"))
        .isEmpty();
  }

  @Test
  void goesIntoMapsAndLists() {
    assertThat(
            changes(
                "{'a':{'M':{'l':{'L':[{'N':'1'},{'M':{'x':{'N':'1'}}},{'N':'3'}]}}}}",
                "{'a':{'M':{'l':{'L':[{'N':'1'},{'M':{'x':{'N':'2'}}}]},'k':{'S':''}}}}"))
        .containsExactly("+ a.k", "~ a.l[1].x", "- a.l[2]");
  }

  @Test
  void comparesSetsAsAWhole() {
    assertThat(changes("{'s':{'SS':['a','b']}}", "{'s':{'SS':['b','c']}}")).containsExactly("~ s");
    assertThat(changes("{'s':{'BS':['AQ==']}}", "{'s':{'BS':['AQ==','Ag==']}}"))
        .containsExactly("~ s");
  }

  @Test
  void aMapThatBecomesAListIsOneChange() {
    assertThat(changes("{'v':{'M':{}}}", "{'v':{'L':[]}}")).containsExactly("~ v");
  }

  @Test
  void quotesNamesThatWouldReadAsAPath() {
    assertThat(
            changes(
                "{}",
                "{'a.b':{'M':{}},'l[0]':{'N':'1'},'größe':{'N':'1'},'with space':{'N':'1'},"
                    + "'':{'N':'1'}}"))
        .containsExactly("+ \"\"", "+ \"a.b\"", "+ größe", "+ \"l[0]\"", "+ \"with space\"");
  }

  @Test
  void goesAsDeepAsDynamoDbDoes() {
    String open = "{'M':{'m':".repeat(32);
    String close = "}}".repeat(32);

    assertThat(
            changes(
                "{'m':" + open + "{'N':'1'}" + close + "}",
                "{'m':" + open + "{'N':'2'}" + close + "}"))
        .containsExactly("~ m" + ".m".repeat(32));
  }

  private static List<String> changes(String before, String after) {
    return AttributeChanges.between(item(before), item(after)).stream()
        .map(change -> SIGNS.get(change.kind()) + " " + change.path())
        .collect(Collectors.toList());
  }

  private static Item item(String json) {
    return DynamoDbJson.decode(json.replace('\'', '"').getBytes(UTF_8));
  }
}
