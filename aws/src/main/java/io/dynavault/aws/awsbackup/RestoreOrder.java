// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a restore job is started with (AWS Backup Developer Guide, "Restore a DynamoDB table").
 *
 * @param targetTable name of the new table, which must not exist
 * @param role ARN of the role that AWS Backup takes on
 * @param token the same one starts the job once only
 */
public record RestoreOrder(
    String recoveryPointArn, String targetTable, Encryption encryption, String role, String token) {
  public RestoreOrder {
    requireNonNull(recoveryPointArn, "recoveryPointArn is null");
    requireNonNull(targetTable, "targetTable is null");
    requireNonNull(encryption, "encryption is null");
    requireNonNull(role, "role is null");
    requireNonNull(token, "token is null");
  }

  /**
   * How the restored table is encrypted.
   *
   * @param type what AWS is told: {@code Default} or {@code KMS}; empty to leave it to AWS
   * @param key ARN of a key of KMS; with {@code KMS} and no key AWS's own key of the account
   */
  public record Encryption(Optional<String> type, Optional<String> key) {
    /** As AWS chooses. */
    public static final Encryption UNSAID = new Encryption(Optional.empty(), Optional.empty());

    /** By a key that DynamoDB owns. */
    public static final Encryption OWNED_BY_AWS =
        new Encryption(Optional.of("Default"), Optional.empty());

    public Encryption {
      requireNonNull(type, "type is null");
      requireNonNull(key, "key is null");
    }

    /** By a key of the account. */
    public static Encryption kms(Optional<String> key) {
      return new Encryption(Optional.of("KMS"), key);
    }
  }

  /** The metadata of the request. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("targetTableName", targetTable);
    encryption.type().ifPresent(type -> metadata.put("encryptionType", type));
    encryption.key().ifPresent(key -> metadata.put("kmsMasterKeyArn", key));
    return metadata;
  }
}
