// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** DynamoDB Local and the S3 server, started side by side. */
public final class LocalServers implements AutoCloseable {
  private static final int ANY_PORT = 0;

  private final DynamoDbLocalServer dynamoDb;
  private final S3Server s3;

  private LocalServers(DynamoDbLocalServer dynamoDb, S3Server s3) {
    this.dynamoDb = requireNonNull(dynamoDb, "dynamoDb is null");
    this.s3 = requireNonNull(s3, "s3 is null");
  }

  /**
   * Starts both on free ports and returns when both answer.
   *
   * @param workDir folder that holds the objects of S3 in its sub-folder {@code s3}
   * @throws LocalServerException if one of them does not start; nothing is left running
   */
  public static LocalServers start(Path workDir) {
    return start(workDir, ANY_PORT, ANY_PORT);
  }

  /** Starts both on the given ports, as {@link #start(Path)} does on free ones. */
  public static LocalServers start(Path workDir, int dynamoDbPort, int s3Port) {
    Path data = workDir.resolve("s3");
    ServerProcess dynamoDbProcess = DynamoDbLocalServer.launch(dynamoDbPort);
    ServerProcess s3Process;
    try {
      s3Process = S3Server.launch(data, s3Port);
    } catch (LocalServerException e) {
      dynamoDbProcess.close();
      throw e;
    }
    try {
      DynamoDbLocalServer dynamoDb = DynamoDbLocalServer.await(dynamoDbProcess);
      return new LocalServers(dynamoDb, S3Server.await(s3Process, data));
    } catch (LocalServerException e) {
      dynamoDbProcess.close();
      s3Process.close();
      throw e;
    }
  }

  public DynamoDbLocalServer dynamoDb() {
    return dynamoDb;
  }

  public S3Server s3() {
    return s3;
  }

  /** The key pair for both. */
  public LocalCredentials credentials() {
    return LocalCredentials.fixed();
  }

  /** Ends both; the objects of S3 stay in their folder. */
  @Override
  public void close() {
    try {
      dynamoDb.close();
    } finally {
      s3.close();
    }
  }
}
