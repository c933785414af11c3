// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing;

import io.dynavault.local.DynamoDbLocalServer;
import io.dynavault.local.LocalCredentials;
import io.dynavault.local.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * DynamoDB Local and the S3 server for all tests of this JVM: each is started by the first test
 * that asks for it and ends with the JVM. Tests share them, so each uses tables and buckets of its
 * own, with the names that {@link #newTableName} and {@link #newBucket} give.
 */
public final class TestingServers {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private TestingServers() {}

  /** The region that clients of the servers are given. */
  public static Region region() {
    return Region.US_EAST_1;
  }

  public static DynamoDbLocalServer dynamoDb() {
    return DynamoDb.SERVER;
  }

  public static S3Server s3() {
    return S3.SERVER;
  }

  /** A client of DynamoDB Local, shared: not to be closed. */
  public static DynamoDbClient dynamoDbClient() {
    return DynamoDb.CLIENT;
  }

  /** A client of the S3 server, shared: not to be closed. */
  public static S3Client s3Client() {
    return S3.CLIENT;
  }

  /** A new client that talks to another address, such as a proxy in front of DynamoDB Local. */
  public static DynamoDbClient dynamoDbClient(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(region())
        .credentialsProvider(credentialsProvider())
        .build();
  }

  /** A new client that talks to another address, such as a proxy in front of the S3 server. */
  public static S3Client s3Client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .region(region())
        .credentialsProvider(credentialsProvider())
        .build();
  }

  /** The key pair that both servers accept. */
  public static AwsCredentialsProvider credentialsProvider() {
    LocalCredentials credentials = LocalCredentials.fixed();
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey()));
  }

  /** A table name that no other test of this JVM uses. */
  public static String newTableName(String prefix) {
    return prefix + "-" + NAMES.incrementAndGet();
  }

  /** Creates a bucket that no other test of this JVM uses and returns its name. */
  public static String newBucket() {
    String bucket = "bucket-" + NAMES.incrementAndGet();
    s3().createBucket(bucket);
    return bucket;
  }

  private static final class DynamoDb {
    static final DynamoDbLocalServer SERVER = DynamoDbLocalServer.start();
    static final DynamoDbClient CLIENT = dynamoDbClient(SERVER.endpoint());
  }

  private static final class S3 {
    static final S3Server SERVER = start();
    static final S3Client CLIENT = s3Client(SERVER.endpoint());

    private static S3Server start() {
      try {
        Path data = Files.createTempDirectory("dynavault-testing-s3-");
        S3Server server = S3Server.start(data);
        Thread end =
            new Thread(
                () -> {
                  server.close();
                  delete(data);
                });
        Runtime.getRuntime().addShutdownHook(end);
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void delete(Path folder) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
