// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.transport.SdkClients;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ImportStatus;
import software.amazon.awssdk.services.dynamodb.model.ImportTableDescription;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** The stub against what was measured at AWS. */
class ImportAreaTest {
  private final AwsStub stub = AwsStub.start();
  private final DynamoDbClient client = SdkClients.dynamoDb(stub.endpoint());
  private final ObjectStore bucket = MemoryStore.isolated(stub.clock());

  @BeforeEach
  void putAFile() {
    stub.bucket("acme", bucket);
    bucket.put("in/1.json", "{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n".getBytes(UTF_8));
  }

  @AfterEach
  void close() {
    client.close();
    stub.close();
  }

  private ImportTableDescription start(String token, String table, String prefix) {
    return client
        .importTable(
            b ->
                b.clientToken(token)
                    .inputFormat(InputFormat.DYNAMODB_JSON)
                    .s3BucketSource(s -> s.s3Bucket("acme").s3KeyPrefix(prefix))
                    .tableCreationParameters(
                        t ->
                            t.tableName(table)
                                .billingMode("PAY_PER_REQUEST")
                                .keySchema(
                                    KeySchemaElement.builder()
                                        .attributeName("pk")
                                        .keyType(KeyType.HASH)
                                        .build())
                                .attributeDefinitions(
                                    AttributeDefinition.builder()
                                        .attributeName("pk")
                                        .attributeType(ScalarAttributeType.S)
                                        .build())))
        .importTableDescription();
  }

  private ImportTableDescription describe(String arn) {
    return client.describeImport(b -> b.importArn(arn)).importTableDescription();
  }

  @Test
  void theTableIsUnknownThenCreatingThenActive() {
    stub.doneAfterLooks(2);
    String arn = start("t1", "Copy", "in/").importArn();

    assertThat(
            refused(
                "ResourceNotFoundException", () -> client.describeTable(b -> b.tableName("Copy"))))
        .contains("Copy");
    assertThat(describe(arn).importStatus()).isEqualTo(ImportStatus.IN_PROGRESS);
    assertThat(client.describeTable(b -> b.tableName("Copy")).table().tableStatus())
        .isEqualTo(TableStatus.CREATING);
    ImportTableDescription ended = describe(arn);
    assertThat(ended.importStatus()).isEqualTo(ImportStatus.COMPLETED);
    assertThat(ended.importedItemCount()).isEqualTo(1);
    assertThat(client.describeTable(b -> b.tableName("Copy")).table().tableStatus())
        .isEqualTo(TableStatus.ACTIVE);
  }

  @Test
  void aTokenBelongsToATableForEightHours() {
    stub.doneAfterLooks(1);
    String arn = start("t1", "Copy", "in/").importArn();

    assertThat(start("t1", "Copy", "other/").importArn()).isEqualTo(arn);
    assertThat(refused("ImportConflictException", () -> start("t1", "Another", "in/")))
        .isEqualTo("Import conflict: Duplicate request detected with conflicting parameters");
    describe(arn);
    describe(arn);
    assertThat(refused("ResourceInUseException", () -> start("t1", "Copy", "in/")))
        .isEqualTo("Table already exists: Copy");
    client.deleteTable(b -> b.tableName("Copy"));
    assertThat(start("t1", "Copy", "in/").importStatus()).isEqualTo(ImportStatus.COMPLETED);
    stub.clock().advance(Duration.ofHours(8));
    assertThat(start("t1", "Copy", "in/").importArn()).isNotEqualTo(arn);
  }

  @Test
  void refusesFiftyOneAtATimeAndArnsOfOthers() {
    stub.doneAfterLooks(1);
    for (int i = 0; i < 50; i++) {
      start("t" + i, "Copy" + i, "in/");
    }
    assertThat(refused("LimitExceededException", () -> start("last", "Last", "in/")))
        .contains("50");
    assertThat(
            refused(
                "ValidationException",
                () -> describe("arn:aws:dynamodb:us-east-1:111122223333:table/Copy0")))
        .isEqualTo("Invalid Import ARN");
    refused(
        "ImportNotFoundException",
        () ->
            describe(
                "arn:aws:dynamodb:us-east-1:111122223333:table/Copy/import/01658528578619-c4d4e311"));
    assertThat(client.listImports(b -> b.pageSize(25)).importSummaryList()).hasSize(25);
    assertThat(client.listImports(b -> b.pageSize(1)).importSummaryList().get(0).importArn())
        .contains("Copy49");
  }

  private static String refused(String code, ThrowingCallable call) {
    DynamoDbException failure = catchThrowableOfType(DynamoDbException.class, call);
    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo(code);
    return failure.awsErrorDetails().errorMessage();
  }
}
