// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.http.Header;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/** Our signatures are those of the SDK's signer, for whatever is signed, by whom and when. */
class SignatureV4Properties {
  private static final AwsV4HttpSigner SDK = AwsV4HttpSigner.create();

  /** One request and who signs it when. */
  record Request(
      String operation, String octets, int percent, AwsCredentials signer, Instant time) {
    byte[] body() {
      return octets.getBytes(ISO_8859_1);
    }

    /** The part of the body that counts: buffers are longer than what is in them. */
    int length() {
      return octets.length() * percent / 100;
    }
  }

  @Property(tries = 5000)
  void signsAsTheSdkDoes(@ForAll("requests") Request request, @ForAll("endpoints") URI endpoint) {
    String region = List.of("eu-central-1", "us-gov-west-1", "x").get(request.length() % 3);

    assertThat(ours(signer(endpoint, region, request.time()), request))
        .isEqualTo(sdks(endpoint, region, request));
  }

  @Property(tries = 500)
  void keepsNoKeyForAnotherDayOrSecret(@ForAll("days") List<Request> requests) {
    URI endpoint = URI.create("https://dynamodb.eu-central-1.amazonaws.com");
    Instant[] now = {Instant.EPOCH};
    RequestSigner signer =
        new RequestSigner(
            new ResolvedEndpoint(endpoint, "eu-central-1", false), new SigningClock(() -> now[0]));

    for (Request request : requests) {
      now[0] = request.time();

      assertThat(ours(signer, request)).isEqualTo(sdks(endpoint, "eu-central-1", request));
    }
  }

  private static RequestSigner signer(URI endpoint, String region, Instant time) {
    return new RequestSigner(
        new ResolvedEndpoint(endpoint, region, true), new SigningClock(InstantSource.fixed(time)));
  }

  private static Map<String, List<String>> ours(RequestSigner signer, Request request) {
    var signed =
        signer.sign(request.operation(), request.body(), request.length(), request.signer());
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : signed.getAllHeaders()) {
      headers.put(header.getName(), List.of(header.getValue()));
    }
    headers.put("Content-Length", List.of(Long.toString(signed.getEntity().getContentLength())));
    headers.remove("User-Agent");
    return headers;
  }

  private static Map<String, List<String>> sdks(URI endpoint, String region, Request request) {
    SdkHttpRequest plain =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("Content-Length", Integer.toString(request.length()))
            .putHeader("X-Amz-Target", "DynamoDB_20120810." + request.operation())
            .build();
    byte[] payload = Arrays.copyOf(request.body(), request.length());
    return caseless(
        SDK.sign(
                sign ->
                    sign.identity(request.signer())
                        .request(plain)
                        .payload(() -> new ByteArrayInputStream(payload))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(
                            HttpSigner.SIGNING_CLOCK,
                            InstantSource.fixed(request.time()).withZone(ZoneOffset.UTC)))
            .request()
            .headers());
  }

  private static Map<String, List<String>> caseless(Map<String, List<String>> headers) {
    Map<String, List<String>> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    caseless.putAll(headers);
    return caseless;
  }

  @Provide
  Arbitrary<Request> requests() {
    Arbitrary<Instant> times =
        Arbitraries.longs()
            .between(0, Instant.parse("2099-12-31T23:59:59Z").getEpochSecond())
            .map(Instant::ofEpochSecond);
    return requests(times);
  }

  /** Days and credentials that come back after others. */
  @Provide
  Arbitrary<List<Request>> days() {
    Instant midnight = Instant.parse("2026-11-21T00:00:00Z");
    return requests(Arbitraries.longs().between(-3, 3).map(midnight::plusSeconds))
        .list()
        .ofMinSize(2)
        .ofMaxSize(8);
  }

  private static Arbitrary<Request> requests(Arbitrary<Instant> times) {
    Arbitrary<String> operations =
        Arbitraries.of("Scan", "BatchWriteItem", "PutItem", "GetItem", "DescribeTable");
    Arbitrary<String> bodies =
        Arbitraries.strings().withCharRange((char) 0, (char) 255).ofMaxLength(3000);
    return Combinators.combine(
            operations, bodies, Arbitraries.integers().between(0, 100), credentials(), times)
        .as(
            (operation, body, percent, credentials, time) ->
                new Request(operation, body, percent, credentials, time));
  }

  private static Arbitrary<AwsCredentials> credentials() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .withCharRange('A', 'Z')
            .withCharRange('a', 'z')
            .withChars("0123456789+/=")
            .ofMinLength(1)
            .ofMaxLength(60);
    Arbitrary<AwsCredentials> random =
        Combinators.combine(text, text)
            .as((key, secret) -> (AwsCredentials) AwsBasicCredentials.create(key, secret));
    Arbitrary<AwsCredentials> session =
        Combinators.combine(text, text, text)
            .as((key, secret, token) -> AwsSessionCredentials.create(key, secret, token));
    Arbitrary<AwsCredentials> known =
        Arbitraries.of(
            AwsBasicCredentials.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            AwsBasicCredentials.create(" AKIDEXAMPLE ", " blanks around "),
            AwsSessionCredentials.create("ASIAEXAMPLE", "secret", " AQoDYXdzEPT//////////wEX= "));
    return Arbitraries.oneOf(List.of(random, session, known));
  }

  @Provide
  Arbitrary<URI> endpoints() {
    return Arbitraries.of(
            "https://dynamodb.eu-central-1.amazonaws.com",
            "https://vpce-1.dynamodb.us-east-1.vpce.amazonaws.com:443",
            "http://localhost:8000",
            "http://localhost:80/",
            "http://127.0.0.1:65535",
            "http://[::1]:8000",
            "https://Scylla.Example:8043")
        .map(URI::create);
  }
}
