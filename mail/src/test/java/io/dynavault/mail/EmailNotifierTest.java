// SPDX-License-Identifier: Apache-2.0
package io.dynavault.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.DummySSLSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.time.Timing;
import io.dynavault.mail.EmailConfig.Encryption;
import io.dynavault.mail.EmailConfig.Login;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmailNotifierTest {
  private static final String PASSWORD = "canary-5d1e77";
  private static final Instant NOW = Instant.parse("2026-11-21T02:03:12Z");

  /** Its certificate is made for nobody, by nobody. */
  private static final Map<String, Object> TRUSTING =
      Map.of(
          "mail.smtps.ssl.socketFactory",
          new DummySSLSocketFactory(),
          "mail.smtps.ssl.checkserveridentity",
          "false");

  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
          });

  private final List<Duration> naps = new ArrayList<>();

  @BeforeEach
  void start() {
    server.setUser("backups@example.com", "backups", PASSWORD);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void everyRecipientGetsTheNotification() throws Exception {
    new EmailNotifier(plain(), timing()).send(notification());

    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(received[0].getSubject()).isEqualTo("Dynavault backup PARTIAL: 1 of 2 tables");
    assertThat(received[0].getFrom()[0]).hasToString("Backups <backups@example.com>");
    assertThat(received[0].getRecipients(Message.RecipientType.TO))
        .extracting(Object::toString)
        .containsExactly("ops@example.com", "boss@example.com");
    assertThat(received[0].getSentDate()).isEqualTo(Date.from(NOW));
    assertThat(received[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(received[0].getContentType()).startsWith("text/plain").contains("UTF-8");
    assertThat(received[0].getContent().toString().replace("\r\n", "\n"))
        .startsWith("Backup PARTIAL: 1 of 2 tables\n\nFAILED orders\n  BUG: zu groß\nOK customers");
  }

  @Test
  void logsInOverAnEncryptedConnection() throws Exception {
    new EmailNotifier(tls(PASSWORD), timing(), TRUSTING).send(notification());

    assertThat(server.getReceivedMessages()).hasSize(2);
  }

  @Test
  void aWrongPasswordIsAFailureThatDoesNotTellIt() {
    DynavaultException e = fails(new EmailNotifier(tls("wrong-" + PASSWORD), timing(), TRUSTING));

    assertThat(e)
        .hasMessage(
            "unable to send e-mail through '127.0.0.1:%d': it refuses the user name or password",
            server.getSmtps().getPort());
    assertThat(e.getMessage() + e.hint() + e.getCause() + tls(PASSWORD)).doesNotContain(PASSWORD);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefusedBeforeThePasswordIsSent() {
    assertThat(fails(new EmailNotifier(tls(PASSWORD), timing())))
        .hasMessageEndingWith("no secure connection can be made");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void nothingIsSentInTheClearWhereEncryptionIsWanted() {
    EmailConfig config =
        new EmailConfig(
            "127.0.0.1",
            server.getSmtp().getPort(),
            Encryption.STARTTLS,
            Optional.of(new Login("backups", PASSWORD)),
            "backups@example.com",
            List.of("ops@example.com"));

    assertThat(fails(new EmailNotifier(config, timing())))
        .hasMessageEndingWith("it does not offer STARTTLS");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aPasswordIsNotTakenWithoutEncryption() {
    assertThatThrownBy(
            () ->
                new EmailConfig(
                    "mail",
                    25,
                    Encryption.NONE,
                    Optional.of(new Login("backups", PASSWORD)),
                    "a@example.com",
                    List.of("b@example.com")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a password is not sent over an unencrypted connection");
  }

  @Test
  void aServerThatIsNotThereIsTriedThreeTimes() {
    EmailConfig gone = plain();
    server.stop();

    assertThat(fails(new EmailNotifier(gone, timing())))
        .hasMessageEndingWith("it cannot be reached");
    assertThat(naps).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void whatIsNoAddressIsNamed() {
    EmailConfig odd =
        new EmailConfig(
            "127.0.0.1",
            server.getSmtp().getPort(),
            Encryption.NONE,
            Optional.empty(),
            "backups@example.com\r\nBcc: everybody@example.com",
            List.of("ops@example.com"));

    assertThat(fails(new EmailNotifier(odd, timing())))
        .hasMessageEndingWith("is no e-mail address");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private static DynavaultException fails(EmailNotifier notifier) {
    DynavaultException e =
        catchThrowableOfType(DynavaultException.class, () -> notifier.send(notification()));
    assertThat(e.code()).isEqualTo(ErrorCode.NOTIFICATION_FAILED);
    return e;
  }

  private EmailConfig plain() {
    return new EmailConfig(
        "127.0.0.1",
        server.getSmtp().getPort(),
        Encryption.NONE,
        Optional.empty(),
        "Backups <backups@example.com>",
        List.of("ops@example.com", "boss@example.com"));
  }

  private EmailConfig tls(String password) {
    return new EmailConfig(
        "127.0.0.1",
        server.getSmtps().getPort(),
        Encryption.TLS,
        Optional.of(new Login("backups", password)),
        "backups@example.com",
        List.of("ops@example.com", "boss@example.com"));
  }

  private Timing timing() {
    return new Timing(InstantSource.fixed(NOW), naps::add, new SplittableRandom(1));
  }

  private static Notification notification() {
    return Notification.of(
        new Notification.Run(
            Operation.BACKUP,
            Optional.empty(),
            Instant.parse("2026-11-21T02:00:00Z"),
            Duration.ofSeconds(192),
            "0.1.0"),
        List.of(
            TableLine.of("customers", Result.SUCCESS).withItems(5),
            TableLine.of("orders", Result.FAILURE).withFailure(new Failure("BUG", "zu groß", ""))));
  }
}
