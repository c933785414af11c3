// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.io.ByteArrayInputStream;
import java.net.URI;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Makes signed HTTP requests of DynamoDB's protocol, AWS JSON 1.0. */
final class RequestSigner {
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final URI endpoint;
  private final String region;
  private final SigningClock clock;

  RequestSigner(ResolvedEndpoint endpoint, SigningClock clock) {
    this.endpoint = endpoint.uri();
    this.region = endpoint.region();
    this.clock = clock;
  }

  HttpExecuteRequest sign(
      String operation, byte[] body, int length, AwsCredentialsIdentity identity) {
    ContentStreamProvider content =
        ContentStreamProvider.fromInputStreamSupplier(
            () -> new ByteArrayInputStream(body, 0, length));
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("Content-Length", Integer.toString(length))
            .putHeader("X-Amz-Target", "DynamoDB_20120810." + operation)
            .putHeader("User-Agent", "dynavault")
            .build();
    SignedRequest signed =
        signer.sign(
            sign ->
                sign.identity(identity)
                    .request(request)
                    .payload(content)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock.clock()));
    return HttpExecuteRequest.builder()
        .request(signed.request())
        .contentStreamProvider(content)
        .build();
  }
}
