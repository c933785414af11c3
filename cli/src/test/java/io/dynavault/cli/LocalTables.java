// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.testing.TestingServers;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import io.dynavault.testing.table.RefusedRequestException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables on DynamoDB Local, a command line that reaches them, and a vault in a folder. */
public final class LocalTables implements AutoCloseable {
  /** Enough for many requests. */
  public static final int AIRPORTS = 1184;

  private final List<LiveTable> tables = new ArrayList<>();
  private final TestingCli cli;

  public LocalTables(Path folder) {
    URI endpoint = TestingServers.dynamoDb().endpoint();
    System.setProperty("aws.accessKeyId", TestingServers.dynamoDb().credentials().accessKeyId());
    System.setProperty(
        "aws.secretAccessKey", TestingServers.dynamoDb().credentials().secretAccessKey());
    cli =
        new TestingCli(folder)
            .with("DYNAVAULT_VAULT", "vault")
            .with("DYNAVAULT_AWS_REGION", "us-east-1")
            .with("DYNAVAULT_OUTPUT_PROGRESS", "false")
            .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", endpoint.toString());
    cli.run("vault", "create");
  }

  public TestingCli cli() {
    return cli;
  }

  /** A table of {@link #AIRPORTS} airports, filled. */
  public AirportsTable airports(String name) {
    AirportsTable airports = new AirportsTable(TestingServers.newTableName(name), AIRPORTS);
    tables.add(LiveTable.createFilled(endpoint(), airports));
    return airports;
  }

  /** A table that a command has created, or will. */
  public LiveTable table(String name) {
    LiveTable table = LiveTable.of(endpoint(), name);
    tables.add(table);
    return table;
  }

  public static String newName(String name) {
    return TestingServers.newTableName(name);
  }

  private static URI endpoint() {
    return TestingServers.dynamoDb().endpoint();
  }

  @Override
  public void close() {
    tables.forEach(LocalTables::dropIfThere);
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  /** A restore that is refused leaves no table. */
  private static void dropIfThere(LiveTable table) {
    try {
      table.drop();
    } catch (RefusedRequestException e) {
      if (!String.valueOf(e.getMessage()).contains("ResourceNotFoundException")) {
        throw e;
      }
    }
  }
}
