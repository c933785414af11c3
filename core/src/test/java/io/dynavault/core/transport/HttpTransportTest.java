// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static io.dynavault.core.transport.ScriptedServer.error;
import static io.dynavault.core.transport.ScriptedServer.ok;
import static io.dynavault.core.transport.ScriptedServer.page;
import static io.dynavault.core.transport.TransportRig.BODY;
import static io.dynavault.core.transport.TransportRig.NOW;
import static io.dynavault.core.transport.TransportRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.time.Timing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/** What goes over the wire, and what answers mean. */
@Timeout(60)
class HttpTransportTest {
  private TransportRig rig;

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void handsOutTheAnswersBytes() throws IOException {
    rig = new TransportRig(ok(PAGE));

    assertThat(rig.call()).isEqualTo(PAGE);
    assertThat(rig.counters.snapshot())
        .isEqualTo(new TransportCounters.Snapshot(1, 0, 0, BODY.length(), PAGE.length()));
  }

  /** The properties are those of the JVM: nothing else may look for a proxy meanwhile. */
  @Test
  @ResourceLock(Resources.SYSTEM_PROPERTIES)
  void goesThroughTheProxyOfTheSystemPropertiesExceptWhereTheyForbidIt() throws IOException {
    try (ScriptedServer proxy = new ScriptedServer(ok(PAGE))) {
      System.setProperty("http.proxyHost", "localhost");
      System.setProperty("http.proxyPort", Integer.toString(proxy.uri().getPort()));
      rig = new TransportRig(URI.create("http://dynamodb.example.invalid:8000"));

      assertThat(rig.call()).isEqualTo(PAGE);
      assertThat(proxy.requests.get(0).header("Host")).isEqualTo("dynamodb.example.invalid:8000");

      System.setProperty("http.nonProxyHosts", "localhost");
      rig.close();
      rig = new TransportRig(ok("{}"));
      assertThat(rig.call()).isEqualTo("{}");
    } finally {
      List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts")
          .forEach(System::clearProperty);
    }
  }

  @Test
  void sendsOnlyTheGivenLengthOfTheBody() throws IOException {
    rig = new TransportRig(ok("{}"));
    byte[] longer = (BODY + "left over").getBytes(StandardCharsets.UTF_8);

    rig.call(longer, BODY.length());

    assertThat(rig.requests().get(0).body()).isEqualTo(BODY);
  }

  @Test
  void signsAsTheSdksSignerDoesForTheSameInputs() throws IOException {
    rig = new TransportRig(ok("{}"));

    rig.call();

    ScriptedServer.Request request = rig.requests().get(0);
    assertThat(request.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
    assertThat(request.header("X-Amz-Target")).isEqualTo("DynamoDB_20120810.Scan");
    assertThat(request.header("X-Amz-Date")).isEqualTo("20261121T101530Z");
    assertThat(request.header("Accept-Encoding")).isNull();
    assertThat(request.header("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=KEY0/20261121/eu-central-1/dynamodb/aws4_request,")
        .isEqualTo(signedAgain(request));
  }

  @Test
  void addressesStreamsByTheirOwnName() throws IOException {
    rig = new TransportRig(ok("{}"));
    AwsBasicCredentials credentials = AwsBasicCredentials.create("KEY0", "secret");
    try (HttpTransport streams =
        HttpTransport.openStreams(
            EndpointConfig.of(
                rig.server.uri(), "eu-central-1", StaticCredentialsProvider.create(credentials)),
            TransportConfig.forThreads(1),
            Timing.system(),
            rig.counters)) {
      streams.call("GetRecords", new byte[] {'{', '}'}, 2, rig.response);
    }
    assertThat(rig.requests().get(0).header("X-Amz-Target"))
        .isEqualTo("DynamoDBStreams_20120810.GetRecords");
  }

  @Test
  void keepsTheServersTime() throws IOException {
    rig = new TransportRig(ok("{}"));
    Instant before = Instant.now().minusSeconds(2);
    rig.call();
    assertThat(rig.response.serverTime().orElseThrow()).isBetween(before, Instant.now());
    rig.response.answeredAt(Optional.of("yesterday"));
    assertThat(rig.response.serverTime()).isEmpty();
  }

  private String signedAgain(ScriptedServer.Request request) {
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(rig.server.uri()).encodedPath("/");
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
  @Tag("F16")
  void getsNewCredentialsWhenTheTokenHasExpired() throws IOException {
    rig =
        new TransportRig(
            error(400, "com.amazon.coral.service#ExpiredTokenException", "expired"), ok(PAGE));

    rig.call();
    rig.call();

    assertThat(rig.requests().stream().map(r -> r.header("Authorization").substring(17, 32)))
        .containsExactly("Credential=KEY0", "Credential=KEY1", "Credential=KEY1");
  }

  @Test
  void saysToSignInAgainWhenTheNewCredentialsHaveExpiredToo() throws IOException {
    rig = new TransportRig(error(400, "com.amazon.coral.service#ExpiredTokenException", "expired"));

    RefusedException failure = rig.refused();

    assertThat(failure.code()).isEqualTo(ErrorCode.CREDENTIALS);
    assertThat(failure.hint()).contains("sign in again");
    assertThat(rig.requests()).hasSize(2);
  }

  @Test
  @Tag("F24")
  void takesOverTheServicesTimeWhenOursIsFarOff() throws IOException {
    rig =
        new TransportRig(
            error(400, "com.amazon.coral.service#InvalidSignatureException", "Signature expired"),
            ok(PAGE));
    rig.at(InstantSource.fixed(Instant.parse("2020-01-01T00:00:00Z")));

    rig.call(); // the server's Date header has the real time
    rig.call();

    assertThat(rig.requests().get(0).header("X-Amz-Date")).isEqualTo("20200101T000000Z");
    assertThat(signedAt(1)).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(signedAt(2)).isEqualTo(signedAt(1));
  }

  private Instant signedAt(int request) {
    return DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX")
        .parse(rig.requests().get(request).header("X-Amz-Date"), Instant::from);
  }

  @Test
  void refusesCredentialsWhoseSignatureIsWrongAtTheRightTime() throws IOException {
    rig =
        new TransportRig(
            error(400, "com.amazon.coral.service#InvalidSignatureException", "does not match"));
    rig.at(InstantSource.system());

    assertThat(rig.refused().code()).isEqualTo(ErrorCode.CREDENTIALS);
    assertThat(rig.requests()).hasSize(1);
  }

  @Test
  void namesThePermissionThatIsMissing() throws IOException {
    rig =
        new TransportRig(
            error(400, "com.amazon.coral.service#AccessDeniedException", "User is not authorized"));

    RefusedException failure = rig.refused();

    assertThat(failure.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(failure.hint()).isEqualTo("grant dynamodb:Scan on the table to these credentials");
  }

  @Test
  void keepsTheNameOfAnyOtherError() throws IOException {
    rig =
        new TransportRig(
            error(400, "com.amazon.coral.validate#ValidationException", "Limit must be positive"));

    RefusedException failure = rig.refused();

    assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_REFUSED);
    assertThat(failure.awsError()).isEqualTo("ValidationException");
    assertThat(failure).hasMessageEndingWith(": ValidationException: Limit must be positive");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 301, 403})
  void recognisesAWebPage(int status) throws IOException {
    rig = new TransportRig(page(status, "<html>please sign in</html>"));

    RefusedException failure = rig.refused();

    assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_REFUSED);
    assertThat(failure)
        .hasMessageEndingWith(
            "HTTP " + status + ": the answer does not come from a DynamoDB endpoint");
    assertThat(failure.hint()).isEqualTo("check --endpoint-url and the proxy settings");
  }
}
