// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import static io.dynavault.cli.command.history.TestingChain.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import io.dynavault.cli.TestingVault;
import io.dynavault.core.continuous.ChangeCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryAndChangesTest {
  @TempDir private static Path folder;
  private static TestingCli cli;

  @BeforeAll
  static void writeAChain() {
    cli =
        new TestingCli(folder)
            .with("DYNAVAULT_VAULT", "vault")
            .with("DYNAVAULT_OUTPUT_PROGRESS", "false");
    assertThat(cli.run("vault", "create").exitCode()).isZero();
    try (TestingVault vault = TestingVault.open(folder.resolve("vault"))) {
      TestingChain.write(
          vault.vault().store(),
          new ChangeCounts(2, 2, 1, 1),
          List.of(
              line(
                  0,
                  "'EventName':{'S':'INSERT'}",
                  "'Keys':{'pk':{'S':'a'}},'NewImage':{'pk':{'S':'a'},'paid':{'BOOL':false},"
                      + "'lines':{'L':[{'N':'1'}]}}"),
              line(
                  1,
                  "'EventName':{'S':'MODIFY'}",
                  "'Keys':{'pk':{'S':'a'}},'OldImage':{'pk':{'S':'a'},'paid':{'BOOL':false},"
                      + "'lines':{'L':[{'N':'1'}]}},'NewImage':{'pk':{'S':'a'},"
                      + "'paid':{'BOOL':true},'lines':{'L':[{'N':'1'},{'S':'x\\u001b'}]}}"),
              line(
                  2,
                  "'EventName':{'S':'INSERT'}",
                  "'Keys':{'pk':{'S':'b'}},'NewImage':{'pk':{'S':'b'},'n':{'N':'1'}}"),
              line(
                  3,
                  "'EventName':{'S':'MODIFY'}",
                  "'Keys':{'pk':{'S':'b'}},'OldImage':{'pk':{'S':'b'},'n':{'N':'1'}},"
                      + "'NewImage':{'pk':{'S':'b'},'n':{'S':'1'}}"),
              line(
                  29,
                  "'EventName':{'S':'REMOVE'},'TimeToLive':{'BOOL':true}",
                  "'Keys':{'pk':{'S':'a'}},'OldImage':{'pk':{'S':'a'},'paid':{'BOOL':true}}")));
    }
  }

  @Test
  void whatIsNoTableIsSaidToBeNone() {
    for (String[] line :
        List.of(
            new String[] {"history", "a", "--key", "pk=1"},
            new String[] {"history", "a", "--key", "pk=1", "--at", "latest"},
            new String[] {"changes", "a", "--from", "-15m"},
            new String[] {"diff", "a", "orders"},
            new String[] {"diff", "a@latest", "orders"})) {
      Outcome outcome = cli.run(line);

      assertThat(outcome.err()).as(String.join(" ", line)).contains("'a': not a table name");
    }
  }

  @Test
  void showsEveryVersionOfAnItem() {
    Outcome outcome = cli.run("history", "orders", "--key", "pk=a");

    assertThat(outcome.err()).isEqualTo("changes are known up to 2026-11-21 09:30:00Z\n");
    assertThat(outcome.out())
        .isEqualTo(
            """
            2026-11-21 09:00:00Z  put       {"pk":{"S":"a"}}
                + lines: [1]
                + paid: false
            2026-11-21 09:01:00Z  modified  {"pk":{"S":"a"}}
                + lines[1]: "x\\u001B"
                ~ paid: false -> true
            2026-11-21 09:29:00Z  expired   {"pk":{"S":"a"}}
                - paid: true
            3 changes: 1 put, 1 modified, 1 removed, 1 of them expired
            """);
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void tellsProgramsAllOfAVersion() throws JsonProcessingException {
    Outcome outcome = cli.run("history", "orders", "--key", "pk=b", "--json");

    List<String> lines = outcome.out().lines().toList();
    JsonNode version = new ObjectMapper().readTree(lines.get(1));
    assertThat(version.get("time").asText()).isEqualTo("2026-11-21T09:03:00Z");
    assertThat(version.get("event").asText()).isEqualTo("MODIFIED");
    assertThat(version.get("key").asText()).isEqualTo("{\"pk\":{\"S\":\"b\"}}");
    assertThat(version.get("sequenceNumber").asText()).isEqualTo("103");
    assertThat(version.get("differences").toString())
        .isEqualTo(
            "[{\"path\":\"n\",\"change\":\"CHANGED\",\"old\":{\"N\":\"1\"},\"new\":{\"S\":\"1\"}}]");
    assertThat(version.get("oldImage").toString())
        .isEqualTo("{\"pk\":{\"S\":\"b\"},\"n\":{\"N\":\"1\"}}");
    assertThat(version.get("newImage").toString())
        .isEqualTo("{\"pk\":{\"S\":\"b\"},\"n\":{\"S\":\"1\"}}");
    assertThat(lines.get(2))
        .isEqualTo(
            "{\"messageType\":\"summary\",\"changes\":2,\"inserts\":1,\"modifies\":1,\"removes\":0,"
                + "\"expirations\":0,\"completeTo\":\"2026-11-21T09:30:00Z\",\"unknown\":[]}");
  }

  @Test
  void showsTypesWhereNothingElseDiffers() {
    assertThat(cli.run("history", "orders", "--key", "pk=b").out())
        .contains("    ~ n: 1 -> \"1\"\n");
  }

  @Test
  void saysThatAnItemHasNotChanged() {
    Outcome outcome = cli.run("history", "orders", "--key", "pk=c");

    assertThat(outcome.err()).startsWith("no change of such an item is recorded there");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void asksForAKey() {
    Outcome outcome = cli.run("history", "orders");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to show the history of an item: no key is given
            HINT: give one, such as --key pk=order-7; changes of all items are listed by: dynavault changes orders
            """);
  }

  @Test
  void listsTheChangesOfASpan() {
    Outcome outcome =
        cli.run(
            "changes",
            "orders",
            "--from",
            "2026-11-21T10:01:00+01:00",
            "--to",
            "2026-11-21T09:03:00Z");

    assertThat(outcome.out())
        .isEqualTo(
            """
            2026-11-21 09:01:00Z  modified  {"pk":{"S":"a"}}
            2026-11-21 09:02:00Z  put       {"pk":{"S":"b"}}
            2 changes: 1 put, 1 modified, 0 removed, 0 of them expired
            """);
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void filtersByWhatItemsWereOrAre() {
    assertThat(
            cli.run(
                    "changes",
                    "orders",
                    "--filter-expression",
                    "attribute_exists(n)",
                    "--limit",
                    "1")
                .out())
        .isEqualTo(
            """
            2026-11-21 09:02:00Z  put       {"pk":{"S":"b"}}
            2 changes: 1 put, 1 modified, 0 removed, 0 of them expired
            """);
  }

  @Test
  void listsKeysAsOptionsTakeThem() {
    Outcome keys = cli.run("changes", "orders", "--keys");

    assertThat(keys.out()).isEqualTo("{\"pk\":{\"S\":\"a\"}}\n{\"pk\":{\"S\":\"b\"}}\n");
    String first = keys.out().lines().findFirst().orElseThrow();
    assertThat(cli.run("changes", "orders", "--key", first, "--counts").out())
        .isEqualTo("3 changes: 1 put, 1 modified, 1 removed, 1 of them expired\n");
  }

  @Test
  void takesTheKeysOfAFile() throws IOException {
    Path file = folder.resolve("keys.txt");
    Files.writeString(file, cli.run("changes", "orders", "--key", "pk=b", "--keys").out());

    assertThat(cli.run("changes", "orders", "--keys-file", file.toString(), "--counts").out())
        .isEqualTo("2 changes: 1 put, 1 modified, 0 removed, 0 of them expired\n");
  }

  @Test
  void anEmptyFileOfKeysIsRefused() throws IOException {
    Path file = folder.resolve("none.txt");
    Files.writeString(file, "\n");

    Outcome empty = cli.run("changes", "orders", "--keys-file", file.toString());
    Outcome missing = cli.run("changes", "orders", "--keys-file", folder + "/missing.txt");

    assertThat(empty.exitCode()).isEqualTo(2);
    assertThat(empty.out()).isEmpty();
    assertThat(empty.err()).startsWith("error: unable to read the key condition: there is none\n");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).startsWith("error: unable to read the keys in '");
  }

  @Test
  void saysWhatIsNotKnown() {
    Outcome outcome =
        cli.run(
            "changes",
            "orders",
            "--from",
            "2026-11-21T08:00:00Z",
            "--to",
            "2026-11-21T09:01:00Z",
            "--counts");

    assertThat(outcome.out()).startsWith("1 change: 1 put");
    assertThat(outcome.err())
        .isEqualTo(
            "warning: changes between 2026-11-21 08:00:00Z and 2026-11-21 09:00:00Z are not known:"
                + " nothing was captured then\n");
    assertThat(outcome.exitCode()).isEqualTo(3);
  }

  @Test
  void refusesATableWithoutContinuousBackup() {
    Outcome outcome = cli.run("changes", "customers");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to find changes of table 'customers': the vault has no continuous backup of it
            HINT: begin one with: dynavault continuous start customers
            """);
  }

  @Test
  void refusesASpanThatEndsBeforeItBegins() {
    Outcome outcome =
        cli.run(
            "changes", "orders", "--from", "2026-11-21T09:01:00Z", "--to", "2026-11-21T09:00:00Z");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("error: unable to search changes: --to ");
  }
}
