// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import io.dynavault.aws.client.AwsClients;
import io.dynavault.testing.aws.AwsStub;
import java.util.Map;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import software.amazon.awssdk.services.backup.BackupClient;

/** AWS Backup in a stub, with one table and a client. */
public final class TestingAwsBackup implements AutoCloseable {
  public static final String ROLE = "arn:aws:iam::111122223333:role/backup";
  public static final String TABLE_ARN = "arn:aws:dynamodb:us-east-1:111122223333:table/Orders";

  private final AwsStub stub = AwsStub.start();
  private final AwsClients clients = AwsClients.of(stub.endpoint());
  private final RandomGenerator random = RandomGeneratorFactory.getDefault().create(4711);

  public TestingAwsBackup() {
    stub.declareTable(
        """
        {"TableName":"Orders","BillingMode":"PAY_PER_REQUEST",
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
         "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
        """,
        "{\"pk\":{\"S\":\"a\"}}",
        "{\"pk\":{\"S\":\"b\"}}");
  }

  public AwsStub stub() {
    return stub;
  }

  public BackupClient client() {
    return clients.backup();
  }

  public AwsClients clients() {
    return clients;
  }

  public RandomGenerator random() {
    return random;
  }

  public Vaults vaults() {
    return new Vaults(client());
  }

  public Jobs jobs() {
    return new Jobs(client());
  }

  public RecoveryPoints points() {
    return new RecoveryPoints(client());
  }

  /** Creates a vault and returns its ARN. */
  public String vault(String name) {
    return vaults().create(name, null, Map.of(), CreatorToken.create(random));
  }

  /** An order for a backup of the table. */
  public BackupOrder order(String vault, Lifecycle lifecycle) {
    return new BackupOrder(
        vault,
        TABLE_ARN,
        ROLE,
        lifecycle,
        Map.of(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        CreatorToken.create(random));
  }

  /** Backs the table up and returns the ARN of the recovery point. */
  public String backUp(String vault, Lifecycle lifecycle) {
    String id = jobs().start(order(vault, lifecycle));
    return jobs().describe(JobKind.BACKUP, id).requireCompleted().recoveryPointArn().orElseThrow();
  }

  @Override
  public void close() {
    clients.close();
    stub.close();
  }
}
