// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/**
 * One request and its whole answer. An answer is either complete, as its length and its CRC-32
 * show, or an {@link IOException}.
 */
final class HttpExchange implements AutoCloseable {
  private final SdkHttpClient client;
  private final TransportCounters counters;
  private final InterruptWatch interrupts = new InterruptWatch();
  private volatile boolean closed;

  HttpExchange(TransportConfig config, TransportCounters counters) {
    this.counters = counters;
    this.client =
        ApacheHttpClient.builder()
            .maxConnections(config.maxConnections())
            .connectionTimeout(config.connectTimeout())
            .socketTimeout(config.readTimeout())
            .connectionAcquisitionTimeout(config.readTimeout())
            .tcpKeepAlive(true)
            .build();
  }

  SdkHttpResponse send(
      String operation, HttpExecuteRequest request, int length, ResponseBuffer response)
      throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw Retries.interrupted(operation);
    }
    ExecutableHttpRequest call = client.prepareRequest(request);
    counters.sent(length);
    interrupts.begin(call);
    try {
      HttpExecuteResponse answer = call.call();
      readBody(answer, response);
      return answer.httpResponse();
    } catch (IOException | RuntimeException e) {
      call.abort(); // what is left of the answer must not be read by the connection's next user
      if (Thread.currentThread().isInterrupted() || closed) {
        throw Retries.interrupted(operation, e);
      }
      throw e;
    } finally {
      interrupts.end();
    }
  }

  private void readBody(HttpExecuteResponse answer, ResponseBuffer response) throws IOException {
    SdkHttpResponse head = answer.httpResponse();
    Optional<Long> announced = number(head, "Content-Length");
    AbortableInputStream body = answer.responseBody().orElseGet(AbortableInputStream::createEmpty);
    response.fill(body, announced.orElse(-1L));
    counters.received(response.length());
    if (announced.isPresent() && announced.get() != response.length()) {
      throw new IOException(
          "the answer has " + response.length() + " bytes but announced " + announced.get());
    }
    Optional<Long> crc = number(head, "x-amz-crc32");
    if (crc.isPresent() && crc.get() != crc32(response)) {
      throw new IOException("the answer does not match its CRC-32");
    }
    body.close(); // gives the connection back; reached only by answers read to their end
  }

  private static Optional<Long> number(SdkHttpResponse head, String header) throws IOException {
    Optional<String> text = head.firstMatchingHeader(header);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text.get().strip()));
    } catch (NumberFormatException e) {
      throw new IOException("the answer's header " + header + " is not a number", e);
    }
  }

  private static long crc32(ResponseBuffer response) {
    CRC32 crc = new CRC32();
    crc.update(response.array(), 0, response.length());
    return crc.getValue();
  }

  @Override
  public void close() {
    closed = true;
    interrupts.close();
    client.close();
  }
}
