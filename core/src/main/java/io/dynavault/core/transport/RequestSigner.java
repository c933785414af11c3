// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.net.URI;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.message.BasicHeader;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Makes signed HTTP requests of DynamoDB's protocol, AWS JSON 1.0, or that of its streams. */
final class RequestSigner {
  private static final URI ROOT = URI.create("/");

  /** What the names of operations begin with: service and version. */
  enum Target {
    TABLES("DynamoDB_20120810."),
    STREAMS("DynamoDBStreams_20120810.");

    private final String prefix;

    Target(String prefix) {
      this.prefix = prefix;
    }
  }

  private final Target service;
  private final List<Header> headers;
  private final String host;
  private final SignatureV4 signature;
  private final SigningClock clock;

  RequestSigner(ResolvedEndpoint endpoint, SigningClock clock) {
    this(Target.TABLES, endpoint, clock);
  }

  RequestSigner(Target service, ResolvedEndpoint endpoint, SigningClock clock) {
    this.service = service;
    this.host = hostHeader(endpoint.uri());
    this.signature = new SignatureV4(host, endpoint.region());
    this.clock = clock;
    this.headers =
        List.of(
            new BasicHeader("Content-Type", SignatureV4.CONTENT_TYPE),
            new BasicHeader("Host", host),
            new BasicHeader("User-Agent", "dynavault"));
  }

  HttpPost sign(String operation, byte[] body, int length, AwsCredentialsIdentity identity) {
    String target = service.prefix + operation;
    HttpPost request = new HttpPost(ROOT);
    headers.forEach(request::addHeader);
    request.addHeader("X-Amz-Target", target);
    if (identity.accessKeyId() != null) { // anonymous credentials have none: servers may allow it
      SignatureV4.Headers signed =
          signature.sign(target, body, length, identity, clock.clock().instant());
      request.addHeader("X-Amz-Date", signed.date());
      request.addHeader("x-amz-content-sha256", signed.contentSha256());
      request.addHeader("Authorization", signed.authorization());
      signed.sessionToken().ifPresent(token -> request.addHeader("X-Amz-Security-Token", token));
    }
    request.setEntity(new ByteArrayEntity(body, 0, length)); // the client adds its length
    return request;
  }

  /** As HTTP clients send it: without the port that the scheme implies. */
  private static String hostHeader(URI endpoint) {
    String scheme = endpoint.getScheme();
    boolean implied =
        endpoint.getPort() < 0 || SdkHttpUtils.isUsingStandardPort(scheme, endpoint.getPort());
    return implied ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
  }
}
