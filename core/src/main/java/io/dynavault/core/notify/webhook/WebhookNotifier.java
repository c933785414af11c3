// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify.webhook;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.Notifier;
import io.dynavault.core.time.Timing;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Posts notifications to a webhook. What may pass (no connection, time-out, 408, 429, 5xx) is tried
 * three times; an address that redirects is not followed, because it would be told to somebody
 * else. Link-local addresses are not called, whatever name they have: that is where clouds and
 * containers hand out credentials.
 */
public final class WebhookNotifier implements Notifier {
  private static final int ATTEMPTS = 3;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  /** Where EC2 hands out credentials over IPv6; over IPv4 and in containers it is link-local. */
  private static final String METADATA_V6 = "fd00:ec2:0:0:0:0:0:254";

  private final WebhookConfig config;
  private final Timing timing;
  private final HttpClient client;

  public WebhookNotifier(WebhookConfig config, Timing timing) {
    this.config = requireNonNull(config, "config is null");
    this.timing = requireNonNull(timing, "timing is null");
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public String kind() {
    return "webhook";
  }

  @Override
  public String destination() {
    return config.shown();
  }

  /** What one attempt came to: done, or what is wrong and how long to wait before the next. */
  private record Attempt(Optional<String> problem, Optional<Duration> pause) {
    static final Attempt DONE = new Attempt(Optional.empty(), Optional.empty());

    static Attempt last(String problem) {
      return new Attempt(Optional.of(problem), Optional.empty());
    }

    static Attempt again(String problem, Duration pause) {
      return new Attempt(Optional.of(problem), Optional.of(pause));
    }
  }

  @Override
  public void send(Notification notification) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(config.url())
            .timeout(config.timeout())
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(config.kind().message(notification).toString()))
            .build();
    for (int number = 1; ; number++) {
      Attempt attempt = attempt(request, number);
      if (attempt.problem().isEmpty()) {
        return;
      }
      if (number == ATTEMPTS || attempt.pause().isEmpty()) {
        throw failed(attempt.problem().get());
      }
      timing.sleeper().sleep(attempt.pause().get());
    }
  }

  private Attempt attempt(HttpRequest request, int number) throws InterruptedException {
    try {
      if (isForbidden()) {
        return Attempt.last("its address is link-local, where clouds hand out credentials");
      }
      return answered(client.send(request, BodyHandlers.discarding()), number);
    } catch (HttpTimeoutException e) {
      return Attempt.again("it did not answer in time", backoff(number));
    } catch (ConnectException | UnknownHostException e) {
      return Attempt.again("it cannot be reached", backoff(number));
    } catch (SSLException e) {
      return Attempt.last("no secure connection can be made");
    } catch (IOException e) {
      return Attempt.again("the connection failed", backoff(number));
    }
  }

  /** The answer of the resolver is kept by Java for seconds, so that the client has the same. */
  private boolean isForbidden() throws UnknownHostException {
    String host = config.url().getHost();
    return Arrays.stream(InetAddress.getAllByName(host))
        .anyMatch(
            address ->
                address.isLinkLocalAddress()
                    || address.isMulticastAddress()
                    || METADATA_V6.equals(address.getHostAddress()));
  }

  private Attempt answered(HttpResponse<Void> response, int number) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return Attempt.DONE;
    }
    String problem = "it answered with status " + status;
    return status == 408 || status == 429 || status >= 500
        ? Attempt.again(problem, retryAfter(response).orElseGet(() -> backoff(number)))
        : Attempt.last(problem);
  }

  private static Optional<Duration> retryAfter(HttpResponse<Void> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .map(wait -> wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait);
  }

  private Duration backoff(int number) {
    long most = 1_000L << number;
    return Duration.ofMillis(most / 2 + timing.random().nextLong(most / 2));
  }

  private DynavaultException failed(String problem) {
    return new DynavaultException(
        ErrorCode.NOTIFICATION_FAILED,
        "unable to notify webhook '%s': %s".formatted(config.shown(), problem));
  }
}
