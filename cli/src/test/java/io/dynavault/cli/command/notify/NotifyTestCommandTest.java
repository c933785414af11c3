// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.cli.TestingCli;
import io.dynavault.cli.TestingCli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NotifyTestCommandTest {
  @TempDir private Path folder;
  private TestingWebhook webhook;
  private TestingCli cli;

  @BeforeEach
  void start() throws IOException {
    webhook = new TestingWebhook();
    cli = new TestingCli(folder);
  }

  @AfterEach
  void stop() {
    webhook.close();
  }

  @Test
  void sendsAMessageAndSaysWhatBecameOfIt() {
    Outcome outcome = cli.with("DYNAVAULT_NOTIFY_WEBHOOK_URL", webhook.url()).run("notify", "test");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            """
            NOTIFIER  DESTINATION%s  RESULT
            webhook   %s  delivered
            """
                .formatted(" ".repeat(webhook.shown().length() - 11), webhook.shown()));
    assertThat(webhook.received()).hasSize(1);
    assertThat(webhook.received().get(0).path("operation").asText()).isEqualTo("NOTIFY_TEST");
  }

  @Test
  void isSentWhateverOutcomesAreTold() {
    cli.with("DYNAVAULT_NOTIFY_WEBHOOK_URL", webhook.url())
        .with("DYNAVAULT_NOTIFY_ON", "failure")
        .run("notify", "test");

    assertThat(webhook.received()).hasSize(1);
  }

  @Test
  void oneOfTwoIsIncomplete() throws IOException {
    Files.writeString(
        folder.resolve("dynavault.yaml"),
        """
        notify:
          webhook.url: %s
          email:
            host: 127.0.0.1
            port: 1
            encryption: none
            from: a@example.com
            to: b@example.com, c@example.com
        """
            .formatted(webhook.url()));

    Outcome outcome = cli.run("notify", "test", "--json");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.json().path("notifications"))
        .hasToString(
            """
            [{"notifier":"webhook","destination":"%s","delivered":true},\
            {"notifier":"e-mail","destination":"127.0.0.1:1","delivered":false,\
            "message":"unable to send e-mail through '127.0.0.1:1': it cannot be reached"}]\
            """
                .formatted(webhook.shown()));
  }

  @Test
  void nobodyToTellIsAnErrorThatSaysWhatToSet() {
    Outcome outcome = cli.run("notify", "test");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            """
            error: unable to send a test message: the settings name nobody to tell
            HINT: set notify.webhook.url, notify.email.host or notify.sns.topic-arn
            """);
  }

  @Test
  void whatCannotBeDeliveredIsAFailure() {
    webhook.answerWith(404);

    Outcome outcome = cli.with("DYNAVAULT_NOTIFY_WEBHOOK_URL", webhook.url()).run("notify", "test");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith(
            "error: unable to notify webhook '%s': it answered with status 404\nHINT: "
                .formatted(webhook.shown()));
  }

  @Test
  void settingsThatAreMissingAreNamed() {
    Outcome outcome = cli.with("DYNAVAULT_NOTIFY_EMAIL_HOST", "mail").run("notify", "test");

    assertThat(outcome.err())
        .isEqualTo(
            """
            error: no notify.email.from is given
            HINT: give it with DYNAVAULT_NOTIFY_EMAIL_FROM or 'notify.email.from:' in dynavault.yaml
            """);
  }

  @Test
  void aPasswordIsNotTakenWithoutEncryption() {
    Outcome outcome =
        cli.with("DYNAVAULT_NOTIFY_EMAIL_HOST", "mail")
            .with("DYNAVAULT_NOTIFY_EMAIL_ENCRYPTION", "none")
            .with("DYNAVAULT_NOTIFY_EMAIL_FROM", "a@example.com")
            .with("DYNAVAULT_NOTIFY_EMAIL_TO", "b@example.com")
            .with("DYNAVAULT_NOTIFY_EMAIL_USER", "a")
            .with("DYNAVAULT_NOTIFY_EMAIL_PASSWORD", "canary-pass")
            .run("notify", "test");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("a password is not sent over an unencrypted connection")
        .doesNotContain("canary");
  }

  @Test
  @Tag("F21")
  void aSecretThatIsNotUsableIsNotShown() {
    Outcome outcome =
        cli.with("DYNAVAULT_NOTIFY_WEBHOOK_URL", "ftp://hooks.example.com/canary-url")
            .run("notify", "test");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("DYNAVAULT_NOTIFY_WEBHOOK_URL: the value is not usable: it is not an http")
        .doesNotContain("canary");
  }

  @Test
  @Tag("F21")
  void nothingThatIsPrintedShowsTheAddress() {
    for (int status : new int[] {200, 404, 503}) {
      webhook.answerWith(status);
      for (String form : new String[] {"--verbose", "--json"}) {
        Outcome outcome =
            cli.with("DYNAVAULT_NOTIFY_WEBHOOK_URL", webhook.url()).run("notify", "test", form);

        assertThat(outcome.out() + outcome.err()).doesNotContain(TestingWebhook.SECRET);
      }
    }
    assertThat(webhook.received().toString()).doesNotContain(TestingWebhook.SECRET);
  }
}
