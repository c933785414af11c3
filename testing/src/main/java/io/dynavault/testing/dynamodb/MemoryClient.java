// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;

/** The SDK's view of tables in memory, which have no settings beside their keys. */
final class MemoryClient implements DynamoDbClient {
  private final MemoryDynamoDb dynamoDb;

  MemoryClient(MemoryDynamoDb dynamoDb) {
    this.dynamoDb = dynamoDb;
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return answer(
        () ->
            DescribeTableResponse.builder().table(dynamoDb.describe(request.tableName())).build());
  }

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    return answer(
        () -> CreateTableResponse.builder().tableDescription(dynamoDb.create(request)).build());
  }

  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    return answer(
        () ->
            DeleteTableResponse.builder()
                .tableDescription(dynamoDb.drop(request.tableName()))
                .build());
  }

  @Override
  public ListTagsOfResourceResponse listTagsOfResource(ListTagsOfResourceRequest request) {
    return ListTagsOfResourceResponse.builder().build();
  }

  @Override
  public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
    throw new ServiceError(ErrorCode.REQUEST_REFUSED, "PolicyNotFoundException", "no policy")
        .ofClient();
  }

  @Override
  public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
    return DescribeTimeToLiveResponse.builder()
        .timeToLiveDescription(b -> b.timeToLiveStatus("DISABLED"))
        .build();
  }

  @Override
  public DescribeContinuousBackupsResponse describeContinuousBackups(
      DescribeContinuousBackupsRequest request) {
    return DescribeContinuousBackupsResponse.builder()
        .continuousBackupsDescription(
            b ->
                b.continuousBackupsStatus("ENABLED")
                    .pointInTimeRecoveryDescription(
                        recovery -> recovery.pointInTimeRecoveryStatus("DISABLED")))
        .build();
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}

  private static <T> T answer(Supplier<T> action) {
    try {
      return action.get();
    } catch (RefusedException e) {
      throw new ServiceError(e.code(), e.awsError(), String.valueOf(e.getMessage())).ofClient();
    }
  }
}
