// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify.webhook;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;

/**
 * A webhook and how long to wait for it.
 *
 * @param url secret
 * @param timeout for one request
 */
public record WebhookConfig(URI url, WebhookKind kind, Duration timeout) {
  /** Long enough for a workflow that starts. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  public WebhookConfig {
    requireNonNull(url, "url is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(timeout, "timeout is null");
    boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
    if (!http || url.getHost() == null) {
      throw new IllegalArgumentException("the webhook's address is not an http or https address");
    }
  }

  public WebhookConfig(URI url, WebhookKind kind) {
    this(url, kind, DEFAULT_TIMEOUT);
  }

  /** Scheme, host and port. */
  String shown() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port;
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return kind + " " + shown();
  }
}
