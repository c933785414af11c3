// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.transport.EndpointConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

@Timeout(60)
class SnsNotifierTest {
  private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:backups";

  private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
  private volatile String error = "";
  private HttpServer server;
  private AwsClients clients;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    clients =
        AwsClients.of(
            new EndpointConfig(
                Optional.of("eu-central-1"),
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                Optional.empty(),
                Optional.of(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("KEY", "s")))));
  }

  @AfterEach
  void stop() {
    clients.close();
    server.stop(0);
  }

  /** As SNS answers: the query protocol, in XML. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> fields = new TreeMap<>();
      for (String field : form.split("&")) {
        String[] parts = field.split("=", 2);
        fields.put(decoded(parts[0]), decoded(parts[1]));
      }
      requests.add(fields);
      String xml =
          error.isEmpty()
              ? """
              <PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">\
              <PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>\
              """
              : """
              <ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error>\
              <Type>Sender</Type><Code>%s</Code><Message>no</Message></Error></ErrorResponse>\
              """
                  .formatted(error);
      byte[] body = xml.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/xml");
      exchange.sendResponseHeaders(error.isEmpty() ? 200 : 403, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Test
  void publishesTextWithWhatFilterPoliciesChooseBy() {
    notifier(TOPIC, SnsFormat.TEXT).send(notification(1));

    assertThat(requests).hasSize(1);
    assertThat(requests.get(0))
        .containsEntry("Action", "Publish")
        .containsEntry("TopicArn", TOPIC)
        .containsEntry("Subject", "Dynavault backup PARTIAL: 1 of 2 tables, vault nightly")
        .containsValue("outcome")
        .containsValue("PARTIAL")
        .doesNotContainKey("MessageGroupId");
    assertThat(requests.get(0).get("Message"))
        .startsWith("Backup PARTIAL: 1 of 2 tables\n\nFAILED");
  }

  @Test
  void publishesJsonForPrograms() {
    notifier(TOPIC, SnsFormat.JSON).send(notification(1));

    assertThat(requests.get(0).get("Message")).startsWith("{\"version\":1,");
  }

  @Test
  void aFifoTopicIsGivenAGroupAndAnId() {
    notifier(TOPIC + ".fifo", SnsFormat.TEXT).send(notification(1));

    assertThat(requests.get(0)).containsKeys("MessageGroupId", "MessageDeduplicationId");
  }

  @Test
  void aLargeRunFitsIntoAMessageThatSaysWhatIsLeftOut() {
    for (SnsFormat format : SnsFormat.values()) {
      String message = SnsMessage.of(notification(5_000), format);

      assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(256 * 1024);
      assertThat(message).contains("orders");
    }
    assertThat(SnsMessage.of(notification(5_000), SnsFormat.JSON))
        .containsPattern("\"tablesLeftOut\":[1-9][0-9]*}$");
    Notification wordy =
        Notification.failed(
            run(), List.of(), new Failure("BUG", "\u65e5".repeat(100_000), "x".repeat(100_000)));
    assertThat(SnsMessage.of(wordy, SnsFormat.TEXT).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(256 * 1024);
  }

  @Test
  void aRefusalNamesTheTopicAndIsAFailureToNotify() {
    error = "AuthorizationError";

    DynavaultException e =
        catchThrowableOfType(
            DynavaultException.class, () -> notifier(TOPIC, SnsFormat.TEXT).send(notification(1)));

    assertThat(e.code()).isEqualTo(ErrorCode.NOTIFICATION_FAILED);
    assertThat(e.getMessage()).startsWith("unable to notify topic '" + TOPIC + "': ");
  }

  private SnsNotifier notifier(String topic, SnsFormat format) {
    return new SnsNotifier(clients.sns(), topic, format);
  }

  private static Notification notification(int good) {
    List<TableLine> lines =
        new ArrayList<>(
            IntStream.range(0, good)
                .mapToObj(n -> TableLine.of("table-" + n, Result.SUCCESS).withItems(n, n))
                .toList());
    lines.add(TableLine.of("orders", Result.FAILURE).withFailure(new Failure("BUG", "broken", "")));
    return Notification.of(run(), lines);
  }

  private static Notification.Run run() {
    return new Notification.Run(
        Operation.BACKUP,
        Optional.of("nightly"),
        Instant.parse("2026-11-21T02:00:00Z"),
        Duration.ofSeconds(192),
        "0.1.0");
  }
}
