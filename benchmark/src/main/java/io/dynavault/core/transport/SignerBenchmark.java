// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Making a signed request: ours, and the same with the SDK's signer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SignerBenchmark {
  private static final URI ENDPOINT = URI.create("https://dynamodb.us-east-1.amazonaws.com");

  private final AwsCredentials credentials = AwsBasicCredentials.create("key", "secret");
  private final AwsV4HttpSigner sdk = AwsV4HttpSigner.create();
  private final RequestSigner ours =
      new RequestSigner(
          new ResolvedEndpoint(ENDPOINT, "us-east-1", false),
          new SigningClock(InstantSource.system()));

  /** Bytes of a request of Scan, and of BatchWriteItem. */
  @Param({"200", "20000"})
  private int length;

  private byte[] body = {};

  /** Makes what is measured. */
  @Setup
  public void setUp() {
    body = new byte[length];
  }

  /** The engine's. */
  @Benchmark
  public Object ours() {
    return ours.sign("BatchWriteItem", body, length, credentials);
  }

  /** The SDK's. */
  @Benchmark
  public Object sdk() {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(ENDPOINT)
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("Content-Length", Integer.toString(length))
            .putHeader("X-Amz-Target", "DynamoDB_20120810.BatchWriteItem")
            .build();
    return sdk.sign(
        sign ->
            sign.identity(credentials)
                .request(request)
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
  }
}
