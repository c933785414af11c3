// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The request that shows that a server which listens also answers. */
final class FirstRequest {
  private static final int LIMIT_MILLIS = Math.toIntExact(Duration.ofSeconds(60).toMillis());

  private FirstRequest() {}

  /** Asks DynamoDB for its tables; its first answer includes the set-up of its database. */
  static void listTables(URI endpoint) throws IOException {
    HttpURLConnection connection = connect(endpoint);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
    connection.setRequestProperty("X-Amz-Target", "DynamoDB_20120810.ListTables");
    connection.setRequestProperty(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential="
            + LocalCredentials.fixed().accessKeyId()
            + "/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
    try (OutputStream body = connection.getOutputStream()) {
      body.write("{}".getBytes(StandardCharsets.US_ASCII));
    }
    expect(connection, HttpURLConnection.HTTP_OK);
  }

  /** Asks S3 for its buckets without a signature, which it must refuse. */
  static void listBuckets(URI endpoint) throws IOException {
    expect(connect(endpoint), HttpURLConnection.HTTP_FORBIDDEN);
  }

  private static HttpURLConnection connect(URI endpoint) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) endpoint.toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(LIMIT_MILLIS);
    connection.setReadTimeout(LIMIT_MILLIS);
    return connection;
  }

  private static void expect(HttpURLConnection connection, int status) throws IOException {
    int answer = connection.getResponseCode();
    connection.disconnect();
    if (answer != status) {
      throw new IOException("its first answer is HTTP " + answer + " instead of " + status);
    }
  }
}
