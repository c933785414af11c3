// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.local.LocalCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Sends a body as it is and returns the answer as it is. For DynamoDB Local only, which does not
 * check signatures.
 */
public final class DynamoDbJsonClient {
  static {
    // Seconds, less than the server keeps an idle connection: a POST on a closed one is not
    // repeated.
    System.setProperty("jdk.httpclient.keepalive.timeout", "5");
  }

  private final URI endpoint;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public DynamoDbJsonClient(URI endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Calls an operation, such as {@code PutItem}.
   *
   * @throws RefusedRequestException if the answer is an error
   */
  public JsonNode call(String operation, String body) {
    byte[] answer = callForBytes(operation, body.getBytes(StandardCharsets.UTF_8));
    try {
      return Json.MAPPER.readTree(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls an operation with any bytes and returns the bytes of its answer. */
  public byte[] callForBytes(String operation, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + LocalCredentials.fixed().accessKeyId()
                    + "/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new RefusedRequestException(
            operation, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
