// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.io.ByteArrayInputStream;
import java.net.URI;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Makes signed HTTP requests of DynamoDB's protocol, AWS JSON 1.0. */
final class RequestSigner {
  private final SdkHttpRequest template;
  private final String host;
  private final SignatureV4 signature;
  private final SigningClock clock;

  RequestSigner(ResolvedEndpoint endpoint, SigningClock clock) {
    this.host = hostHeader(endpoint.uri());
    this.signature = new SignatureV4(host, endpoint.region());
    this.clock = clock;
    this.template =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint.uri())
            .encodedPath("/")
            .putHeader("Content-Type", SignatureV4.CONTENT_TYPE)
            .putHeader("Host", host)
            .putHeader("User-Agent", "dynavault")
            .build();
  }

  HttpExecuteRequest sign(
      String operation, byte[] body, int length, AwsCredentialsIdentity identity) {
    String target = "DynamoDB_20120810." + operation;
    SdkHttpRequest.Builder request =
        template.toBuilder()
            .putHeader("Content-Length", Integer.toString(length))
            .putHeader("X-Amz-Target", target);
    if (identity.accessKeyId() != null) { // anonymous credentials have none: servers may allow it
      SignatureV4.Headers signed =
          signature.sign(target, body, length, identity, clock.clock().instant());
      request
          .putHeader("X-Amz-Date", signed.date())
          .putHeader("x-amz-content-sha256", signed.contentSha256())
          .putHeader("Authorization", signed.authorization());
      signed.sessionToken().ifPresent(token -> request.putHeader("X-Amz-Security-Token", token));
    }
    return HttpExecuteRequest.builder()
        .request(request.build())
        .contentStreamProvider(() -> new ByteArrayInputStream(body, 0, length))
        .build();
  }

  /** As HTTP clients send it: without the port that the scheme implies. */
  private static String hostHeader(URI endpoint) {
    String scheme = endpoint.getScheme();
    boolean implied =
        endpoint.getPort() < 0 || SdkHttpUtils.isUsingStandardPort(scheme, endpoint.getPort());
    return implied ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
  }
}
