// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.time.Timing;
import java.io.IOException;
import java.net.URI;
import org.apache.http.client.methods.HttpPost;

/**
 * The transport over HTTP. A call is signed, sent and read to its end; transport faults are tried
 * again, which is safe because Scan only reads and because putting or deleting the same items twice
 * changes nothing.
 */
public final class HttpTransport implements DynamoDbTransport {
  private final ResolvedEndpoint endpoint;
  private final TransportConfig config;
  private final Timing timing;
  private final TransportCounters counters;
  private final Credentials credentials;
  private final HttpExchange exchange;
  private final SigningClock clock;
  private final RequestSigner signer;
  private volatile boolean reached;

  HttpTransport(
      ResolvedEndpoint endpoint,
      TransportConfig config,
      Timing timing,
      TransportCounters counters,
      Credentials credentials) {
    this(RequestSigner.Target.TABLES, endpoint, config, timing, counters, credentials);
  }

  private HttpTransport(
      RequestSigner.Target service,
      ResolvedEndpoint endpoint,
      TransportConfig config,
      Timing timing,
      TransportCounters counters,
      Credentials credentials) {
    this.endpoint = endpoint;
    this.config = config;
    this.timing = timing;
    this.counters = counters;
    this.credentials = credentials;
    this.exchange = new HttpExchange(endpoint.uri(), config, counters);
    this.clock = new SigningClock(timing.clock());
    this.signer = new RequestSigner(service, endpoint, clock);
  }

  /**
   * Opens a transport; the first call connects.
   *
   * @param counters counts what this transport does
   * @throws DynavaultException {@link ErrorCode#CONFIG_INVALID} if no region can be found
   */
  public static HttpTransport open(
      EndpointConfig endpoint, TransportConfig config, Timing timing, TransportCounters counters) {
    return new HttpTransport(
        ResolvedEndpoint.resolve(endpoint), config, timing, counters, Credentials.of(endpoint));
  }

  /**
   * Opens a transport for the operations of DynamoDB Streams, as {@link #open} does for those of
   * tables.
   */
  public static HttpTransport openStreams(
      EndpointConfig endpoint, TransportConfig config, Timing timing, TransportCounters counters) {
    return new HttpTransport(
        RequestSigner.Target.STREAMS,
        ResolvedEndpoint.resolveStreams(endpoint),
        config,
        timing,
        counters,
        Credentials.of(endpoint));
  }

  @Override
  public void call(String operation, byte[] body, int length, ResponseBuffer response) {
    Retries retries = new Retries(config, timing);
    while (true) {
      Credentials.Resolved signedWith = credentials.resolve();
      HttpPost request = signer.sign(operation, body, length, signedWith.identity());
      AnswerHead head;
      try {
        head = exchange.send(operation, request, response);
      } catch (IOException e) {
        retryFault(operation, e, retries);
        continue;
      }
      reached = true;
      if (head.isSuccess()) {
        response.answeredAt(head.date());
        return;
      }
      ErrorAnswer answer =
          ErrorAnswer.parse(head.statusCode(), response.array(), response.length());
      retryAnswer(operation, answer, head, signedWith, retries);
    }
  }

  /** Pauses if the call may be tried again after this answer, else throws what it means. */
  private void retryAnswer(
      String operation,
      ErrorAnswer answer,
      AnswerHead head,
      Credentials.Resolved signedWith,
      Retries retries) {
    retries.failed();
    switch (answer.kind()) {
      case TRANSIENT -> {
        if (retries.allowAnother(true)) {
          again(operation, retries);
          return;
        }
      }
      case EXPIRED_TOKEN -> {
        if (retries.mayRefreshCredentials()) {
          credentials.refresh(signedWith);
          again(operation, retries);
          return;
        }
      }
      case SIGNATURE -> {
        String date = head.date().orElse("");
        if (retries.mayCorrectClock() && clock.correct(date)) {
          again(operation, retries);
          return;
        }
      }
      case THROTTLED -> counters.throttled();
      default -> {
        // Trying again changes nothing.
      }
    }
    throw answer.toException(operation, endpoint.uri());
  }

  private void retryFault(String operation, IOException fault, Retries retries) {
    retries.failed();
    if (retries.allowAnother(reached)) {
      again(operation, retries);
      return;
    }
    String message =
        "unable to call "
            + operation
            + " at '"
            + endpoint.uri()
            + "' in "
            + retries.attempts()
            + " attempts: "
            + Faults.describe(fault);
    if (reached) {
      throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, message, fault);
    }
    throw new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        message,
        "check --endpoint-url, --region, the proxy settings and whether the server runs",
        fault);
  }

  private void again(String operation, Retries retries) {
    retries.pause(operation);
    counters.retried();
  }

  @Override
  public URI endpoint() {
    return endpoint.uri();
  }

  @Override
  public String region() {
    return endpoint.region();
  }

  @Override
  public void close() {
    exchange.close();
    credentials.close();
  }
}
