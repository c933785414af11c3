// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.client;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.transport.AwsService;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.SdkClients;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients of one account and region. Each is opened when it is first asked for, because opening
 * takes longer than a short command should. Safe for use by several threads; closing closes what
 * was opened.
 */
public final class AwsClients implements AutoCloseable {
  private final EndpointConfig endpoint;
  private final OnDemand<DynamoDbClient> dynamoDb;
  private final OnDemand<BackupClient> backup;
  private final OnDemand<CloudWatchLogsClient> logs;
  private final OnDemand<ResourceGroupsTaggingApiClient> tagging;
  private final OnDemand<SnsClient> sns;
  private final OnDemand<StsClient> sts;

  private AwsClients(EndpointConfig endpoint) {
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
    this.dynamoDb = new OnDemand<>(() -> SdkClients.dynamoDb(endpoint));
    this.backup =
        new OnDemand<>(() -> SdkClients.open(AwsService.BACKUP, BackupClient.builder(), endpoint));
    this.logs =
        new OnDemand<>(
            () ->
                SdkClients.open(
                    AwsService.CLOUDWATCH_LOGS, CloudWatchLogsClient.builder(), endpoint));
    this.tagging =
        new OnDemand<>(
            () ->
                SdkClients.open(
                    AwsService.RESOURCE_GROUPS_TAGGING_API,
                    ResourceGroupsTaggingApiClient.builder(),
                    endpoint));
    this.sns = new OnDemand<>(() -> SdkClients.open(AwsService.SNS, SnsClient.builder(), endpoint));
    this.sts = new OnDemand<>(() -> SdkClients.open(AwsService.STS, StsClient.builder(), endpoint));
  }

  /** Opens nothing yet. */
  public static AwsClients of(EndpointConfig endpoint) {
    return new AwsClients(endpoint);
  }

  /** What these clients were made from, for a second set such as that of another region. */
  public EndpointConfig endpoint() {
    return endpoint;
  }

  public DynamoDbClient dynamoDb() {
    return dynamoDb.client();
  }

  /** AWS Backup. */
  public BackupClient backup() {
    return backup.client();
  }

  /** CloudWatch Logs, where DynamoDB's import tells what it could not read. */
  public CloudWatchLogsClient logs() {
    return logs.client();
  }

  /** Resource Groups Tagging, which finds tables by tag. */
  public ResourceGroupsTaggingApiClient tagging() {
    return tagging.client();
  }

  public SnsClient sns() {
    return sns.client();
  }

  /** STS, which knows the account. */
  public StsClient sts() {
    return sts.client();
  }

  @Override
  public void close() {
    dynamoDb.close();
    backup.close();
    logs.close();
    tagging.close();
    sns.close();
    sts.close();
  }
}
