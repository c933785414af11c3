// SPDX-License-Identifier: Apache-2.0
package io.dynavault.mail;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.NotificationText;
import io.dynavault.core.notify.Notifier;
import io.dynavault.core.time.Timing;
import io.dynavault.mail.EmailConfig.Encryption;
import io.dynavault.mail.EmailConfig.Login;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.util.MailConnectException;

/**
 * Sends notifications by SMTP. A server that cannot be connected to is tried three times; once a
 * message may have been taken it is not sent again.
 */
public final class EmailNotifier implements Notifier {
  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String TIMEOUT_MILLIS = "10000";

  private final EmailConfig config;
  private final Timing timing;
  private final Map<String, Object> properties;

  public EmailNotifier(EmailConfig config, Timing timing) {
    this(config, timing, Map.of());
  }

  /** With other settings of the mail library, for tests. */
  EmailNotifier(EmailConfig config, Timing timing, Map<String, Object> properties) {
    this.config = requireNonNull(config, "config is null");
    this.timing = requireNonNull(timing, "timing is null");
    this.properties = Map.copyOf(properties);
  }

  @Override
  public String kind() {
    return "e-mail";
  }

  @Override
  public String destination() {
    return "%s:%d".formatted(config.host(), config.port());
  }

  @Override
  public void send(Notification notification) throws InterruptedException {
    Session session = Session.getInstance(sessionProperties());
    for (int attempt = 1; ; attempt++) {
      try {
        send(session, message(session, notification));
        return;
      } catch (MailConnectException e) {
        if (attempt == ATTEMPTS) {
          throw failed("it cannot be reached");
        }
        timing.sleeper().sleep(PAUSE.multipliedBy(attempt));
      } catch (MessagingException e) {
        throw failed(reason(e));
      }
    }
  }

  private void send(Session session, Message message) throws MessagingException {
    String protocol = config.encryption() == Encryption.TLS ? "smtps" : "smtp";
    try (Transport transport = session.getTransport(protocol)) {
      String user = config.login().map(Login::user).orElse("");
      String password = config.login().map(Login::password).orElse("");
      if (config.login().isPresent()) {
        transport.connect(config.host(), config.port(), user, password);
      } else {
        transport.connect(config.host(), config.port(), null, null);
      }
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  private Message message(Session session, Notification notification) throws MessagingException {
    NotificationText text = new NotificationText(notification);
    MimeMessage message = new MimeMessage(session);
    message.setFrom(address(config.from()));
    for (String recipient : config.to()) {
      message.addRecipient(Message.RecipientType.TO, address(recipient));
    }
    message.setSubject(text.subject(), StandardCharsets.UTF_8.name());
    message.setText(text.body(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(timing.clock().instant()));
    message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody answers it
    return message;
  }

  private InternetAddress address(String text) {
    try {
      return new InternetAddress(text, true);
    } catch (AddressException e) {
      throw failed("'" + text + "' is no e-mail address");
    }
  }

  private Properties sessionProperties() {
    Properties all = new Properties();
    for (String protocol : new String[] {"smtp", "smtps"}) {
      String prefix = "mail." + protocol + ".";
      all.put(prefix + "connectiontimeout", TIMEOUT_MILLIS);
      all.put(prefix + "timeout", TIMEOUT_MILLIS);
      all.put(prefix + "writetimeout", TIMEOUT_MILLIS);
      all.put(prefix + "ssl.checkserveridentity", "true");
      all.put(prefix + "auth", Boolean.toString(config.login().isPresent()));
    }
    if (config.encryption() == Encryption.STARTTLS) {
      all.put("mail.smtp.starttls.enable", "true");
      all.put("mail.smtp.starttls.required", "true");
    }
    all.putAll(properties);
    return all;
  }

  /** In our words: what the server or the library says could hold more than should be shown. */
  private String reason(MessagingException e) {
    if (e instanceof AuthenticationFailedException) {
      return "it refuses the user name or password";
    }
    if (e instanceof SendFailedException) {
      return "it refuses the sender or a recipient";
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return "no secure connection can be made";
      }
    }
    return config.encryption() == Encryption.STARTTLS && saysStartTls(e)
        ? "it does not offer STARTTLS"
        : "it does not behave as a mail server should";
  }

  private static boolean saysStartTls(MessagingException e) {
    return String.valueOf(e.getMessage()).contains("STARTTLS");
  }

  private DynavaultException failed(String problem) {
    return new DynavaultException(
        ErrorCode.NOTIFICATION_FAILED,
        "unable to send e-mail through '%s': %s".formatted(destination(), problem));
  }
}
