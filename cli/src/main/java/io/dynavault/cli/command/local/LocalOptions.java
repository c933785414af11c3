// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the local servers listen and keep their objects. */
final class LocalOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port of DynamoDB Local; 0 takes a free one (default ${DEFAULT-VALUE})",
      defaultValue = "8000")
  private int dynamoDbPort;

  @Option(
      names = "--s3-port",
      paramLabel = "PORT",
      description = "port of the S3 server; 0 takes a free one (default ${DEFAULT-VALUE})",
      defaultValue = "9000")
  private int s3Port;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "folder for the objects of S3 (default ${DEFAULT-VALUE})",
      defaultValue = "dynavault-local")
  private String folder = "";

  int dynamoDbPort() {
    return dynamoDbPort;
  }

  int s3Port() {
    return s3Port;
  }

  Path folder(Path workingDirectory) {
    return workingDirectory.resolve(folder);
  }
}
