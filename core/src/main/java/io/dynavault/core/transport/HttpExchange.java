// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.utils.HttpClientUtils;
import org.apache.http.client.utils.URIUtils;
import org.apache.http.impl.client.CloseableHttpClient;

/**
 * One request and its whole answer. An answer is either complete, as its length and its CRC-32
 * show, or an {@link IOException}.
 */
final class HttpExchange implements AutoCloseable {
  private final CloseableHttpClient client;
  private final HttpHost host;
  private final TransportCounters counters;
  private final InterruptWatch interrupts = new InterruptWatch();
  private volatile boolean closed;

  HttpExchange(URI endpoint, TransportConfig config, TransportCounters counters) {
    this.client = HttpClients.open(config);
    this.host = URIUtils.extractHost(endpoint);
    this.counters = counters;
  }

  /** Sends a request and reads the answer into the buffer; what is before its body is returned. */
  AnswerHead send(String operation, HttpPost request, ResponseBuffer response) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw Retries.interrupted(operation);
    }
    counters.sent((int) request.getEntity().getContentLength());
    interrupts.begin(request);
    try (CloseableHttpResponse answer = client.execute(host, request)) {
      readBody(answer, response);
      return AnswerHead.of(answer);
    } catch (IOException | RuntimeException e) {
      request.abort(); // what is left of the answer must not be read by the connection's next user
      if (Thread.currentThread().isInterrupted() || closed) {
        throw Retries.interrupted(operation, e);
      }
      throw e;
    } finally {
      interrupts.end();
    }
  }

  private void readBody(HttpResponse answer, ResponseBuffer response) throws IOException {
    Optional<Long> announced = number(answer, "Content-Length");
    InputStream body =
        answer.getEntity() == null
            ? InputStream.nullInputStream()
            : answer.getEntity().getContent();
    response.fill(body, announced.orElse(-1L));
    counters.received(response.length());
    if (announced.isPresent() && announced.get() != response.length()) {
      throw new IOException(
          "the answer has " + response.length() + " bytes but announced " + announced.get());
    }
    Optional<Long> crc = number(answer, "x-amz-crc32");
    if (crc.isPresent() && crc.get() != crc32(response)) {
      throw new IOException("the answer does not match its CRC-32");
    }
    body.close(); // gives the connection back; reached only by answers read to their end
  }

  private static Optional<Long> number(HttpResponse answer, String name) throws IOException {
    Header header = answer.getFirstHeader(name);
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(header.getValue().strip()));
    } catch (NumberFormatException e) {
      throw new IOException("the answer's header " + name + " is not a number", e);
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
    HttpClientUtils.closeQuietly(client); // every answer was read or given up by now
  }
}
