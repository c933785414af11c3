// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static java.util.Objects.requireNonNull;

import io.dynavault.local.ServerProcess.Command;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * An S3 server (S3Proxy) that keeps its objects as files in a folder: a bucket is a sub-folder, an
 * object a file in it. It listens on the loopback address, wants path style addresses, and checks
 * the signature of every request against its one key pair.
 */
public final class S3Server implements AutoCloseable {
  private static final int ANY_PORT = 0;
  private static final String CONFIGURATION = "s3proxy.properties";
  private static final String LOGGING =
      """
      <configuration>
        <appender name="STDERR" class="ch.qos.logback.core.ConsoleAppender">
          <target>System.err</target>
          <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="STDERR"/></root>
      </configuration>
      """;

  private final ServerProcess process;
  private final URI endpoint;
  private final Path data;

  private S3Server(ServerProcess process, URI endpoint, Path data) {
    this.process = process;
    this.endpoint = endpoint;
    this.data = data;
  }

  /**
   * Starts a server on a free port and returns when it answers.
   *
   * @param data folder of the buckets, created if it is missing, kept when the server ends
   * @throws LocalServerException if its jars are missing or it does not start; nothing is left
   *     running
   */
  public static S3Server start(Path data) {
    return start(data, ANY_PORT);
  }

  /** Starts a server on the given port, as {@link #start(Path)} does on a free one. */
  public static S3Server start(Path data, int port) {
    return await(launch(data, port), data);
  }

  static ServerProcess launch(Path data, int port) {
    FreePort.require("the S3 server", port);
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new LocalServerException(
          "unable to create the folder '" + data + "': " + e, "give a writable folder", e);
    }
    return ServerProcess.launch(
        new Command(
            "the S3 server",
            "s3proxy",
            "384m",
            List.of(CONFIGURATION),
            Map.of(CONFIGURATION, configuration(data, port), "logback.xml", LOGGING)));
  }

  private static String configuration(Path data, int port) {
    Properties properties = new Properties();
    properties.setProperty("s3proxy.endpoint", "http://127.0.0.1:" + port);
    properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    properties.setProperty("s3proxy.identity", LocalCredentials.fixed().accessKeyId());
    properties.setProperty("s3proxy.credential", LocalCredentials.fixed().secretAccessKey());
    properties.setProperty("jclouds.provider", "filesystem-nio2");
    properties.setProperty("jclouds.identity", "");
    properties.setProperty("jclouds.credential", "");
    properties.setProperty("jclouds.filesystem.basedir", data.toAbsolutePath().toString());
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static S3Server await(ServerProcess process, Path data) {
    URI endpoint = process.awaitEndpoint();
    try {
      FirstRequest.listBuckets(endpoint);
    } catch (IOException e) {
      throw process.startFailed(requireNonNull(e.getMessage(), "no reason"), e);
    }
    return new S3Server(process, endpoint, data);
  }

  /** Address of the server: scheme, host and port. */
  public URI endpoint() {
    return endpoint;
  }

  /** The only key pair that the server accepts. */
  public LocalCredentials credentials() {
    return LocalCredentials.fixed();
  }

  /** Creates a bucket unless it exists. */
  public void createBucket(String bucket) {
    try {
      Files.createDirectories(data.resolve(bucket));
    } catch (IOException e) {
      throw new LocalServerException(
          "unable to create bucket '" + bucket + "' in '" + data + "': " + e,
          "give a writable folder",
          e);
    }
  }

  ServerProcess process() {
    return process;
  }

  /** Ends the server; its objects stay in the folder. */
  @Override
  public void close() {
    process.close();
  }
}
