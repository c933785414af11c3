// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.core.transport.SdkClients;
import io.dynavault.testing.aws.AwsStub;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A command line whose AWS is a stub with one table, {@code Orders}. */
public final class StubbedCli implements AutoCloseable {
  public static final String ROLE = "arn:aws:iam::111122223333:role/backup";

  private final AwsStub stub = AwsStub.start();
  private final TestingCli cli;

  public StubbedCli(Path folder) {
    System.setProperty("aws.accessKeyId", "stub");
    System.setProperty("aws.secretAccessKey", "stub-secret");
    stub.declareTable(
        """
        {"TableName":"Orders","BillingMode":"PAY_PER_REQUEST",
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
         "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
        """,
        "{\"pk\":{\"S\":\"a\"},\"secret\":{\"S\":\"canary-item\"}}");
    cli =
        new TestingCli(folder)
            .with("DYNAVAULT_VAULT", "vault")
            .with("DYNAVAULT_AWS_REGION", "us-east-1")
            .with("DYNAVAULT_OUTPUT_PROGRESS", "false")
            .with("DYNAVAULT_AWS_BACKUP_VAULT", "main")
            .with("DYNAVAULT_AWS_BACKUP_ROLE_ARN", ROLE)
            .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", stub.uri().toString())
            .at(AwsStub.START);
  }

  public AwsStub stub() {
    return stub;
  }

  public TestingCli cli() {
    return cli;
  }

  /** Has somebody else make an on-demand backup of the table; gives its ARN. */
  public String createBackup(String name) {
    try (DynamoDbClient client = SdkClients.dynamoDb(stub.endpoint())) {
      return client
          .createBackup(b -> b.tableName("Orders").backupName(name))
          .backupDetails()
          .backupArn();
    }
  }

  /** Has somebody else delete the table. */
  public void deleteOrders() {
    try (DynamoDbClient client = SdkClients.dynamoDb(stub.endpoint())) {
      client.deleteTable(b -> b.tableName("Orders"));
    }
  }

  @Override
  public void close() {
    stub.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }
}
