// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.DescribeRegionSettingsResponse;
import software.amazon.awssdk.services.backup.model.ListProtectedResourcesResponse;

/** What AWS Backup does for DynamoDB in an account and region. */
public final class RegionSettings {
  private final BackupClient client;

  public RegionSettings(BackupClient client) {
    this.client = requireNonNull(client, "client is null");
  }

  /**
   * The settings that concern tables.
   *
   * @param optedIn whether plans back tables up
   * @param advanced whether AWS Backup manages the recovery points itself: copies, cold storage,
   *     tags and keys of their own
   */
  public record Settings(boolean optedIn, boolean advanced) {}

  public Settings describe() {
    DescribeRegionSettingsResponse answer =
        Calls.call(
            "DescribeRegionSettings",
            "read the settings of AWS Backup",
            () -> client.describeRegionSettings(b -> {}));
    return new Settings(
        isTrue(answer.resourceTypeOptInPreference()),
        isTrue(answer.resourceTypeManagementPreference()));
  }

  /** Makes plans back tables up, with the advanced features. Other resources stay as they are. */
  public void enable() {
    Calls.call(
        "UpdateRegionSettings",
        "change the settings of AWS Backup",
        () ->
            client.updateRegionSettings(
                b ->
                    b.resourceTypeOptInPreference(Map.of(Jobs.DYNAMODB, true))
                        .resourceTypeManagementPreference(Map.of(Jobs.DYNAMODB, true))));
  }

  /** All tables that AWS Backup has backed up. */
  public List<ProtectedTable> protectedTables() {
    return Pages.all(
            token ->
                Calls.call(
                    "ListProtectedResources",
                    "list the protected tables",
                    () -> client.listProtectedResources(b -> b.nextToken(token))),
            ListProtectedResourcesResponse::results,
            ListProtectedResourcesResponse::nextToken,
            resource -> resource)
        .stream()
        .filter(resource -> Jobs.DYNAMODB.equals(resource.resourceType()))
        .map(
            resource ->
                new ProtectedTable(
                    resource.resourceArn(),
                    Optional.ofNullable(resource.lastBackupTime()),
                    Optional.ofNullable(resource.lastBackupVaultArn()).map(TableArns::lastPart),
                    Optional.ofNullable(resource.lastRecoveryPointArn())))
        .toList();
  }

  private static boolean isTrue(Map<String, Boolean> preferences) {
    return Boolean.TRUE.equals(preferences.get(Jobs.DYNAMODB));
  }
}
