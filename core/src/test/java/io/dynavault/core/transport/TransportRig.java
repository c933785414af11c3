// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.ScriptedServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A transport, the server it talks to, and what both of them did. */
final class TransportRig implements AutoCloseable {
  static final String BODY = "{\"TableName\":\"orders\"}";
  static final String PAGE = "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";
  static final Instant NOW = Instant.parse("2026-11-21T10:15:30Z");

  /** The longest pause that each draw allows. */
  private static final RandomGenerator HIGHEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  final List<Duration> pauses = new ArrayList<>();
  final TransportCounters counters = new TransportCounters();
  final ResponseBuffer response = new ResponseBuffer(8);
  final ScriptedServer server;
  private final URI uri;
  private InstantSource clock = InstantSource.fixed(NOW);
  private Sleeper sleeper = pauses::add;
  private HttpTransport transport;

  /** A server that answers in this order. */
  TransportRig(Answer... answers) throws IOException {
    server = new ScriptedServer(answers);
    uri = server.uri();
    open();
  }

  /** A transport to another address than that of the rig's server. */
  TransportRig(URI uri) throws IOException {
    server = new ScriptedServer(ScriptedServer.ok("{}"));
    this.uri = uri;
    open();
  }

  TransportRig at(InstantSource time) {
    clock = time;
    return open();
  }

  TransportRig pausingBy(Sleeper pausing) {
    sleeper = pausing;
    return open();
  }

  private TransportRig open() {
    if (transport != null) {
      transport.close();
    }
    transport =
        new HttpTransport(
            new ResolvedEndpoint(uri, "eu-central-1", true),
            TransportConfig.forThreads(2),
            new Timing(clock, sleeper, HIGHEST),
            counters,
            numberedCredentials());
    return this;
  }

  /** KEY0 first, KEY1 after a refresh, and so on. */
  private static Credentials numberedCredentials() {
    AtomicInteger next = new AtomicInteger();
    return new Credentials(
        () ->
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("KEY" + next.getAndIncrement(), "secret")));
  }

  /** Calls Scan and returns the body of the answer. */
  String call() {
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    transport.call("Scan", body, body.length, response);
    return new String(response.array(), 0, response.length(), StandardCharsets.UTF_8);
  }

  void call(byte[] body, int length) {
    transport.call("Scan", body, length, response);
  }

  DynavaultException failure() {
    return catchThrowableOfType(DynavaultException.class, this::call);
  }

  RefusedException refused() {
    return catchThrowableOfType(RefusedException.class, this::call);
  }

  List<ScriptedServer.Request> requests() {
    return server.requests;
  }

  @Override
  public void close() {
    transport.close();
    server.close();
  }
}
