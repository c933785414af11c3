// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.SocketConfig;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.DefaultRoutePlanner;
import org.apache.http.impl.conn.DefaultSchemePortResolver;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/**
 * Makes the HTTP client of the transport: the one that the SDK builds on, without what a browser
 * needs. It is not used through the SDK, which sends a body in pieces of 4 KB; a batch of items
 * leaves here at once.
 */
final class HttpClients {
  /** A batch of 25 common items with its headers. */
  private static final int BUFFER = 32 * 1024;

  private HttpClients() {}

  static CloseableHttpClient open(TransportConfig config) {
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setMaxConnTotal(config.maxConnections())
            .setMaxConnPerRoute(config.maxConnections())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setBufferSize(BUFFER).setFragmentSizeHint(BUFFER).build())
            .setDefaultSocketConfig(
                SocketConfig.custom()
                    .setSoKeepAlive(true)
                    .setTcpNoDelay(true)
                    .setSoTimeout((int) config.readTimeout().toMillis())
                    .build())
            .setDefaultRequestConfig(requests(config))
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableCookieManagement()
            .disableRedirectHandling();
    ProxyConfiguration proxy = ProxyConfiguration.builder().build();
    if (proxy.host() != null) {
      throughProxy(builder, proxy);
    }
    return builder.build();
  }

  private static RequestConfig requests(TransportConfig config) {
    return RequestConfig.custom()
        .setConnectTimeout((int) config.connectTimeout().toMillis())
        .setConnectionRequestTimeout((int) config.readTimeout().toMillis())
        .setSocketTimeout((int) config.readTimeout().toMillis())
        .setNormalizeUri(false)
        .build();
  }

  /** The proxy of environment or system properties, found as the SDK's clients find it. */
  private static void throughProxy(HttpClientBuilder builder, ProxyConfiguration proxy) {
    HttpHost host = new HttpHost(proxy.host(), proxy.port(), proxy.scheme());
    builder.setRoutePlanner(
        new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE) {
          @Override
          protected @Nullable HttpHost determineProxy(
              HttpHost target, HttpRequest request, HttpContext context) {
            boolean direct =
                proxy.nonProxyHosts().stream()
                    .anyMatch(pattern -> target.getHostName().matches(pattern));
            return direct ? null : host;
          }
        });
    if (proxy.username() != null) {
      BasicCredentialsProvider credentials = new BasicCredentialsProvider();
      credentials.setCredentials(
          new AuthScope(host), new UsernamePasswordCredentials(proxy.username(), proxy.password()));
      builder.setDefaultCredentialsProvider(credentials);
    }
  }
}
