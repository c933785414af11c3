// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static io.dynavault.core.transport.ScriptedServer.error;
import static io.dynavault.core.transport.ScriptedServer.ok;
import static io.dynavault.core.transport.ScriptedServer.page;
import static io.dynavault.core.transport.ScriptedServer.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.ScriptedServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

@Timeout(60)
class HttpTransportTest {
  private static final String BODY = "{\"TableName\":\"orders\"}";
  private static final String PAGE = "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";
  private static final Instant NOW = Instant.parse("2026-11-21T10:15:30Z");

  /** The longest pause that each draw allows. */
  private static final RandomGenerator HIGHEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  private final List<Duration> pauses = new ArrayList<>();
  private final TransportCounters counters = new TransportCounters();
  private final ResponseBuffer response = new ResponseBuffer(8);
  private InstantSource clock = InstantSource.fixed(NOW);
  private ScriptedServer server;
  private HttpTransport transport;

  @AfterEach
  void close() {
    if (transport != null) {
      transport.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void handsOutTheAnswersBytes() throws IOException {
    script(ok(PAGE));

    call();

    assertThat(text()).isEqualTo(PAGE);
    assertThat(counters.snapshot())
        .isEqualTo(new TransportCounters.Snapshot(1, 0, 0, BODY.length(), PAGE.length()));
  }

  @Test
  void sendsOnlyTheGivenLengthOfTheBody() throws IOException {
    script(ok("{}"));
    byte[] longer = (BODY + "left over").getBytes(StandardCharsets.UTF_8);

    transport.call("Scan", longer, BODY.length(), response);

    assertThat(server.requests.get(0).body()).isEqualTo(BODY);
  }

  @Test
  void signsAsTheSdksSignerDoesForTheSameInputs() throws IOException {
    script(ok("{}"));

    call();

    ScriptedServer.Request request = server.requests.get(0);
    assertThat(request.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
    assertThat(request.header("X-Amz-Target")).isEqualTo("DynamoDB_20120810.Scan");
    assertThat(request.header("X-Amz-Date")).isEqualTo("20261121T101530Z");
    assertThat(request.header("Accept-Encoding")).isNull();
    assertThat(request.header("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=KEY0/20261121/eu-central-1/dynamodb/aws4_request,")
        .isEqualTo(signedAgain(request));
  }

  private String signedAgain(ScriptedServer.Request request) {
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(server.uri()).encodedPath("/");
    for (String name : List.of("Content-Type", "Content-Length", "X-Amz-Target")) {
      unsigned.putHeader(name, request.header(name));
    }
    return AwsV4HttpSigner.create()
        .sign(
            sign ->
                sign.identity(AwsBasicCredentials.create("KEY0", "secret"))
                    .request(unsigned.build())
                    .payload(
                        () ->
                            new ByteArrayInputStream(
                                request.body().getBytes(StandardCharsets.UTF_8)))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                    .putProperty(
                        HttpSigner.SIGNING_CLOCK,
                        InstantSource.fixed(NOW).withZone(ZoneOffset.UTC)))
        .request()
        .firstMatchingHeader("Authorization")
        .orElseThrow();
  }

  @Test
  void asksAgainForAnAnswerThatDoesNotMatchItsCrc() throws IOException {
    script(ok(PAGE, "12345"), ok(PAGE));

    call();

    assertThat(text()).isEqualTo(PAGE);
    assertThat(counters.snapshot().retries()).isEqualTo(1);
  }

  @Test
  void asksAgainForATruncatedAnswer() throws IOException {
    script(truncated(PAGE), ok(PAGE));

    call();

    assertThat(text()).isEqualTo(PAGE);
    assertThat(counters.snapshot().requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "500, com.amazonaws.dynamodb.v20120810#InternalServerError",
    "500, InternalFailure",
    "503, com.amazon.coral.availability#ServiceUnavailable",
    "400, com.amazonaws.dynamodb.v20120810#ReplicatedWriteConflictException"
  })
  void asksAgainAfterAPassingErrorOfTheService(int status, String type) throws IOException {
    script(error(status, type, "try again"), ok(PAGE));

    call();

    assertThat(text()).isEqualTo(PAGE);
    assertThat(pauses).hasSize(1);
  }

  @Test
  void givesUpAfterTenTriesWithPausesThatGrow() throws IOException {
    script(error(500, "InternalServerError", "The request processing has failed"));

    RefusedException failure = refused();

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure)
        .hasMessage(
            "unable to call Scan at '"
                + server.uri()
                + "': InternalServerError: The request processing has failed");
    assertThat(server.requests).hasSize(10);
    assertThat(pauses.stream().map(Duration::toMillis))
        .containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
  }

  @Test
  void givesUpWhenTheTimeIsOver() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    clock = now::get;
    script(
        exchange -> {
          now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(50)));
          error(500, "InternalServerError", "slow").send(exchange);
        });

    assertThat(refused().code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(server.requests).hasSize(4); // 50, 100, 150 and 200 of 180 seconds
  }

  @Test
  void triesAnAddressThatNeverAnsweredOnlyThreeTimes() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://localhost:" + socket.getLocalPort());
    }
    transport = open(nobody);

    DynavaultException failure = failure();

    assertThat(failure.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(failure)
        .hasMessageStartingWith("unable to call Scan at '" + nobody + "' in 3 attempts: ")
        .hasMessageContaining("Connection refused");
    assertThat(failure.hint())
        .isEqualTo(
            "check --endpoint-url, --region, the proxy settings and whether the server runs");
    assertThat(pauses).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400, com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
    "400, com.amazon.coral.availability#ThrottlingException",
    "400, com.amazonaws.dynamodb.v20120810#RequestLimitExceeded",
    "503, SlowDown",
    "429, Whatever"
  })
  void leavesThrottlingToTheCaller(int status, String type) throws IOException {
    script(error(status, type, "slow down"));

    DynavaultException failure = failure();

    assertThat(failure).isInstanceOf(ThrottledException.class);
    assertThat(failure.code()).isEqualTo(ErrorCode.THROTTLED);
    assertThat(server.requests).hasSize(1);
    assertThat(counters.snapshot().throttles()).isEqualTo(1);
  }

  @Test
  void getsNewCredentialsWhenTheTokenHasExpired() throws IOException {
    script(error(400, "com.amazon.coral.service#ExpiredTokenException", "expired"), ok(PAGE));

    call();
    call();

    assertThat(server.requests.stream().map(r -> r.header("Authorization").substring(17, 32)))
        .containsExactly("Credential=KEY0", "Credential=KEY1", "Credential=KEY1");
  }

  @Test
  void saysToSignInAgainWhenTheNewCredentialsHaveExpiredToo() throws IOException {
    script(error(400, "com.amazon.coral.service#ExpiredTokenException", "expired"));

    RefusedException failure = refused();

    assertThat(failure.code()).isEqualTo(ErrorCode.CREDENTIALS);
    assertThat(failure.hint()).contains("sign in again");
    assertThat(server.requests).hasSize(2);
  }

  @Test
  void takesOverTheServicesTimeWhenOursIsFarOff() throws IOException {
    clock = InstantSource.fixed(Instant.parse("2020-01-01T00:00:00Z"));
    script(
        error(400, "com.amazon.coral.service#InvalidSignatureException", "Signature expired"),
        ok(PAGE));

    call(); // the server's Date header has the real time
    call();

    assertThat(server.requests.get(0).header("X-Amz-Date")).isEqualTo("20200101T000000Z");
    assertThat(signedAt(1)).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(signedAt(2)).isEqualTo(signedAt(1));
  }

  private Instant signedAt(int request) {
    return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX")
        .parse(server.requests.get(request).header("X-Amz-Date"), Instant::from);
  }

  @Test
  void refusesCredentialsWhoseSignatureIsWrongAtTheRightTime() throws IOException {
    clock = InstantSource.system();
    script(error(400, "com.amazon.coral.service#InvalidSignatureException", "does not match"));

    assertThat(refused().code()).isEqualTo(ErrorCode.CREDENTIALS);
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void namesThePermissionThatIsMissing() throws IOException {
    script(error(400, "com.amazon.coral.service#AccessDeniedException", "User is not authorized"));

    RefusedException failure = refused();

    assertThat(failure.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(failure.hint()).isEqualTo("grant dynamodb:Scan on the table to these credentials");
  }

  @Test
  void keepsTheNameOfAnyOtherError() throws IOException {
    script(error(400, "com.amazon.coral.validate#ValidationException", "Limit must be positive"));

    RefusedException failure = refused();

    assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_REFUSED);
    assertThat(failure.awsError()).isEqualTo("ValidationException");
    assertThat(failure).hasMessageEndingWith(": ValidationException: Limit must be positive");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 403})
  void recognisesAWebPage(int status) throws IOException {
    script(page(status, "<html>please sign in</html>"));

    RefusedException failure = refused();

    assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_REFUSED);
    assertThat(failure)
        .hasMessageEndingWith(
            "HTTP " + status + ": the answer does not come from a DynamoDB endpoint");
    assertThat(failure.hint()).isEqualTo("check --endpoint-url and the proxy settings");
  }

  @Test
  void asksAgainAfterAProxysErrorPage() throws IOException {
    script(page(502, "<html>Bad Gateway</html>"), ok(PAGE));

    call();

    assertThat(text()).isEqualTo(PAGE);
  }

  @Test
  void anInterruptEndsTheWaitForASilentServer() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch forever = new CountDownLatch(1);
    script(
        exchange -> {
          asked.countDown();
          awaitQuietly(forever);
        });
    AtomicReference<DynavaultException> failure = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread worker =
        new Thread(
            () -> {
              failure.set(failure());
              flag.set(Thread.currentThread().isInterrupted());
            });
    worker.start();
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

    worker.interrupt();
    worker.join(30_000);

    assertThat(failure.get().code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(flag.get()).isTrue();
    assertThat(server.requests).hasSize(1);
  }

  @Test
  void anInterruptEndsThePause() throws IOException {
    script(error(500, "InternalServerError", "busy"));
    transport.close();
    transport =
        new HttpTransport(
            new ResolvedEndpoint(server.uri(), "eu-central-1", true),
            TransportConfig.forThreads(1),
            new Timing(
                clock,
                duration -> {
                  throw new InterruptedException();
                },
                HIGHEST),
            counters,
            numberedCredentials());

    assertThat(failure().code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void doesNotSendWhenInterruptedBefore() throws IOException {
    script(ok(PAGE));
    Thread.currentThread().interrupt();

    assertThat(failure().code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(server.requests).isEmpty();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void script(Answer... answers) throws IOException {
    server = new ScriptedServer(answers);
    transport = open(server.uri());
  }

  private HttpTransport open(URI uri) {
    return new HttpTransport(
        new ResolvedEndpoint(uri, "eu-central-1", true),
        TransportConfig.forThreads(2),
        new Timing(clock, pauses::add, HIGHEST),
        counters,
        numberedCredentials());
  }

  /** KEY0 first, KEY1 after a refresh, and so on. */
  private static Credentials numberedCredentials() {
    AtomicInteger next = new AtomicInteger();
    return new Credentials(
        () ->
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("KEY" + next.getAndIncrement(), "secret")));
  }

  private void call() {
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    transport.call("Scan", body, body.length, response);
  }

  private String text() {
    return new String(response.array(), 0, response.length(), StandardCharsets.UTF_8);
  }

  private DynavaultException failure() {
    return catchThrowableOfType(DynavaultException.class, this::call);
  }

  private RefusedException refused() {
    return catchThrowableOfType(RefusedException.class, this::call);
  }
}
