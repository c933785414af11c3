// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as it came over the wire.
 *
 * @param path still percent-encoded, because ARNs in it contain slashes
 * @param query still percent-encoded; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
public record HttpCall(String method, String path, String query, Headers headers, byte[] body) {
  private static final Pattern SCOPE =
      Pattern.compile("Credential=([^/]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");

  public HttpCall {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(query, "query is null");
    requireNonNull(headers, "headers is null");
    requireNonNull(body, "body is null");
  }

  static HttpCall read(HttpExchange exchange) throws IOException {
    Headers headers = new Headers();
    headers.putAll(exchange.getRequestHeaders());
    String query = exchange.getRequestURI().getRawQuery();
    return new HttpCall(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        query == null ? "" : query,
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  /** The stub's own call to the DynamoDB behind it. */
  static HttpCall ofStub(String region) {
    Headers headers = new Headers();
    headers.set("Content-Type", "application/x-amz-json-1.0");
    headers.set("X-Amz-Date", "20260102T030405Z");
    headers.set(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=stub/20260102/"
            + region
            + "/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=00");
    return new HttpCall("POST", "/", "", headers, new byte[0]);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** The region that the request was signed for. */
  String region() {
    return scope(2).orElse(StubContext.REGION);
  }

  /** The service that the request was signed for, such as {@code sns}. */
  String signingName() {
    return scope(3).orElse("");
  }

  private Optional<String> scope(int group) {
    Matcher scope = SCOPE.matcher(header("Authorization").orElse(""));
    return scope.find() ? Optional.of(scope.group(group)) : Optional.empty();
  }

  /** The same caller with another DynamoDB operation; servers for tests check no signatures. */
  HttpCall with(String operation, byte[] otherBody) {
    Headers others = new Headers();
    others.putAll(headers);
    others.set("X-Amz-Target", "DynamoDB_20120810." + operation);
    return new HttpCall("POST", "/", "", others, otherBody);
  }
}
