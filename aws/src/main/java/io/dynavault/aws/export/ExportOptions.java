// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.store.s3.S3Encryption;
import io.dynavault.format.export.OutputFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a table is exported and what its recovery point is given.
 *
 * @param encryption the bucket's default leaves the choice to AWS, which takes SSE-S3
 * @param bucketOwner the account that has the bucket, where it is another one
 * @param tags of the recovery point
 * @param deleteAfter lifecycle of the recovery point, counted from the moment that it holds
 * @param requestKey what the caller calls this request: a request of the same key for the same
 *     table is the same request for eight hours, whenever it comes. Empty: what is requested now is
 *     requested anew
 */
public record ExportOptions(
    OutputFormat format,
    S3Encryption encryption,
    Optional<String> bucketOwner,
    Map<String, String> tags,
    Optional<Duration> deleteAfter,
    Optional<String> requestKey) {
  public ExportOptions {
    requireNonNull(format, "format is null");
    requireNonNull(encryption, "encryption is null");
    requireNonNull(bucketOwner, "bucketOwner is null");
    tags = Map.copyOf(tags);
    requireNonNull(deleteAfter, "deleteAfter is null");
    requireNonNull(requestKey, "requestKey is null");
    if (bucketOwner.filter(owner -> !owner.matches("[0-9]{12}")).isPresent()) {
      throw new IllegalArgumentException("bucketOwner is not an account of 12 digits");
    }
  }

  /** DynamoDB JSON, without anything else. */
  public static ExportOptions defaults() {
    return new ExportOptions(
        OutputFormat.DYNAMODB_JSON,
        S3Encryption.bucketDefault(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same for a request that its caller can repeat. */
  public ExportOptions withRequestKey(String key) {
    return new ExportOptions(format, encryption, bucketOwner, tags, deleteAfter, Optional.of(key));
  }
}
