// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify.webhook;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.notify.TestingNotifications;
import io.dynavault.core.time.TestingTime;
import io.dynavault.core.time.Timing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookNotifierTest {
  private static final String SECRET = "canary-7f3a9c";

  private final TestingTime time = new TestingTime();
  private final Queue<Integer> statuses = new ArrayDeque<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile String retryAfter = "";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/services", this::answer);
    server.createContext(
        "/slow",
        exchange -> {
          try (exchange) {
            released.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      paths.add(exchange.getRequestURI().getPath());
      Integer status = statuses.poll();
      if (!retryAfter.isEmpty()) {
        exchange.getResponseHeaders().add("Retry-After", retryAfter);
      }
      exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
      exchange.sendResponseHeaders(status == null ? 200 : status, -1);
    }
  }

  @Test
  void postsTheNotificationOnce() throws Exception {
    notifier(WebhookKind.JSON).send(TestingNotifications.partial());

    assertThat(paths).containsExactly("/services/" + SECRET);
    assertThat(json(bodies.get(0)).path("outcome").asText()).isEqualTo("PARTIAL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/api/token",
        "http://169.254.170.2/v2/credentials",
        "http://[::ffff:169.254.169.254]/latest/",
        "http://[::ffff:a9fe:a9fe]/latest/",
        "http://[fd00:ec2::254]/latest/",
        "http://[fe80::1]/",
        "http://224.0.0.1/",
      })
  void neverCallsWhereCloudsHandOutCredentials(String url) {
    WebhookNotifier notifier =
        new WebhookNotifier(new WebhookConfig(URI.create(url), WebhookKind.JSON), timing());

    assertThat(sendFails(notifier))
        .hasMessageEndingWith("its address is link-local, where clouds hand out credentials");
  }

  @Test
  void slackIsSentATextAndBlocksOfPlainText() throws Exception {
    notifier(WebhookKind.SLACK).send(TestingNotifications.partial());

    JsonNode message = json(bodies.get(0));
    assertThat(message.path("text").asText())
        .isEqualTo("Dynavault backup PARTIAL: 1 of 2 tables, vault nightly");
    assertThat(message.at("/blocks/0/type").asText()).isEqualTo("header");
    assertThat(message.at("/blocks/1/text/type").asText()).isEqualTo("plain_text");
    assertThat(message.at("/blocks/1/text/text").asText()).contains("FAILED orders\n");
  }

  @Test
  void slackMessagesMentionNobody() {
    Notification odd =
        Notification.failed(
            new Notification.Run(
                Operation.BACKUP,
                Optional.of("<!channel> & co"),
                TestingNotifications.STARTED,
                Duration.ZERO,
                "0.1.0"),
            List.of(),
            new Failure("BUG", "<!channel>", ""));

    JsonNode message = WebhookKind.SLACK.message(odd);

    assertThat(message.path("text").asText()).contains("&lt;!channel&gt; &amp; co");
    message
        .path("blocks")
        .forEach(block -> assertThat(block.at("/text/type").asText()).isEqualTo("plain_text"));
  }

  @Test
  void teamsIsSentAnAdaptiveCardWithoutMarkdown() throws Exception {
    notifier(WebhookKind.TEAMS).send(TestingNotifications.partial());

    JsonNode message = json(bodies.get(0));
    assertThat(message.path("type").asText()).isEqualTo("message");
    JsonNode attachment = message.path("attachments").path(0);
    assertThat(attachment.path("contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(attachment.at("/content/type").asText()).isEqualTo("AdaptiveCard");
    assertThat(attachment.at("/content/body/1/inlines/0/type").asText()).isEqualTo("TextRun");
    assertThat(attachment.at("/content/body/1/inlines/0/text").asText()).contains("FAILED orders");
  }

  /** Slack: 50 blocks of 3,000 characters; Teams: 28 KB. */
  @Test
  void messagesStayWithinTheLimitsOfTheirReceivers() {
    var lines = IntStream.range(0, 5000).mapToObj(n -> longLine(n)).toList();
    Notification many = Notification.of(TestingNotifications.run(Operation.BACKUP), lines);

    JsonNode slack = WebhookKind.SLACK.message(many);
    assertThat(slack.path("blocks").size()).isLessThanOrEqualTo(50);
    slack
        .path("blocks")
        .forEach(block -> assertThat(block.at("/text/text").asText().length()).isLessThan(3000));
    byte[] teams = WebhookKind.TEAMS.message(many).toString().getBytes(StandardCharsets.UTF_8);
    assertThat(teams).hasSizeLessThan(28 * 1024);
    assertThat(slack.toString()).contains("... (shortened)");
  }

  private static TableLine longLine(int n) {
    return TestingNotifications.bad("t" + n)
        .withFailure(new Failure("BUG", "\u65e5".repeat(4000), "hint"));
  }

  @Test
  void triesAgainWhatMayPass() throws Exception {
    Collections.addAll(statuses, 503, 429);

    notifier(WebhookKind.JSON).send(TestingNotifications.partial());

    assertThat(bodies).hasSize(3);
    assertThat(time.sleeps()).hasSize(2).allMatch(nap -> nap.compareTo(Duration.ofSeconds(5)) < 0);
  }

  @Test
  void waitsAsLongAsItIsToldButNotForever() throws Exception {
    statuses.add(429);
    retryAfter = "86400";

    notifier(WebhookKind.JSON).send(TestingNotifications.partial());

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(20));
  }

  @Test
  void givesUpAfterThreeAttempts() {
    Collections.addAll(statuses, 500, 500, 500, 500);

    DynavaultException e = sendFails(notifier(WebhookKind.JSON));

    assertThat(e)
        .hasMessage("unable to notify webhook '" + shown() + "': it answered with status 500");
    assertThat(bodies).hasSize(3);
  }

  @Test
  void doesNotTryAgainWhatWillNotPassNorFollowsARedirect() {
    for (int status : new int[] {302, 400, 404}) {
      statuses.add(status);
      assertThat(sendFails(notifier(WebhookKind.JSON)))
          .hasMessage("unable to notify webhook '%s': it answered with status %d", shown(), status);
    }
    assertThat(bodies).hasSize(3);
  }

  @Test
  void aReceiverThatDoesNotAnswerIsNotWaitedForForever() {
    WebhookConfig slow =
        new WebhookConfig(
            URI.create(shown() + "/slow/" + SECRET), WebhookKind.JSON, Duration.ofMillis(50));

    assertThat(sendFails(new WebhookNotifier(slow, timing())))
        .hasMessage("unable to notify webhook '" + shown() + "': it did not answer in time");
  }

  @Test
  void aReceiverThatIsNotThereIsAFailure() {
    server.stop(0);

    assertThat(sendFails(notifier(WebhookKind.JSON)))
        .hasMessage("unable to notify webhook '" + shown() + "': it cannot be reached");
  }

  @Test
  void theAddressIsNeverShown() {
    Collections.addAll(statuses, 404);
    WebhookNotifier notifier = notifier(WebhookKind.SLACK);
    WebhookConfig config = new WebhookConfig(url(), WebhookKind.SLACK);

    DynavaultException e = sendFails(notifier);

    assertThat(config + notifier.destination() + e.getMessage() + e.hint() + bodies)
        .doesNotContain(SECRET);
  }

  @Test
  void theHostTellsTheKind() {
    assertThat(kind("https://hooks.slack.com/services/T0/B0/x")).isEqualTo(WebhookKind.SLACK);
    assertThat(kind("https://prod-1.westeurope.logic.azure.com:443/workflows/x"))
        .isEqualTo(WebhookKind.TEAMS);
    assertThat(kind("https://1.2.environment.api.powerplatform.com:443/x"))
        .isEqualTo(WebhookKind.TEAMS);
    assertThat(kind("https://example.com/hooks.slack.com")).isEqualTo(WebhookKind.JSON);
    assertThat(kind("https://hooks.slack.com.example.com/")).isEqualTo(WebhookKind.JSON);
  }

  private static WebhookKind kind(String url) {
    return WebhookKind.of(URI.create(url));
  }

  private static DynavaultException sendFails(WebhookNotifier notifier) {
    return failure(
        ErrorCode.NOTIFICATION_FAILED, () -> notifier.send(TestingNotifications.partial()));
  }

  private WebhookNotifier notifier(WebhookKind kind) {
    return new WebhookNotifier(new WebhookConfig(url(), kind), timing());
  }

  private Timing timing() {
    return new Timing(InstantSource.system(), time, new SplittableRandom(1));
  }

  private URI url() {
    return URI.create(shown() + "/services/" + SECRET);
  }

  private String shown() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
