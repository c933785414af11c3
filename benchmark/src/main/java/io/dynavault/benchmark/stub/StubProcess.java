// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.stub;

import io.dynavault.benchmark.data.Pages;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.benchmark.measure.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A stub server in a process of its own, so that its work is not counted as the client's. */
public final class StubProcess implements AutoCloseable {
  private final Process process;
  private final URI endpoint;
  private final Pages content;

  private StubProcess(Process process, URI endpoint, Pages content) {
    this.process = process;
    this.endpoint = endpoint;
    this.content = content;
  }

  /** Starts a server whose tables are made of so many items of a shape. */
  public static StubProcess start(Shape shape, int items) throws IOException {
    Process process =
        Jvm.start(
            List.of("-Xmx2g", "-XX:+UseSerialGC"),
            StubServer.class,
            List.of(shape.label(), Integer.toString(items)));
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null || !line.startsWith(StubServer.READY)) {
      process.destroyForcibly();
      throw new IOException("the stub server did not start: " + line);
    }
    URI endpoint = URI.create(line.substring(StubServer.READY.length()));
    return new StubProcess(process, endpoint, Pages.of(shape, items));
  }

  public URI endpoint() {
    return endpoint;
  }

  /** What its tables are made of. */
  public Pages content() {
    return content;
  }

  /** What was served since this was last called. */
  public Counters takeCounters() throws IOException {
    return takeCounters(endpoint);
  }

  /** What the server at this address served since it was last asked. */
  public static Counters takeCounters(URI endpoint) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) endpoint.resolve("/counters").toURL().openConnection(Proxy.NO_PROXY);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(0);
    connection.getOutputStream().close();
    try (InputStream in = connection.getInputStream()) {
      return Counters.parse(in.readAllBytes());
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
