// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where an export was written to, as its summary tells it. Readers do not rely on it: exports are
 * copied and moved.
 *
 * @param s3Bucket the bucket; another store's name where there is none
 * @param s3Prefix what comes before {@code AWSDynamoDB/} from the root of the bucket
 * @param s3SseAlgorithm {@code AES256} or {@code KMS}
 */
public record ExportDestination(
    String s3Bucket,
    Optional<String> s3Prefix,
    String s3SseAlgorithm,
    Optional<String> s3SseKmsKeyId) {
  static final String DEFAULT_SSE = "AES256";

  public ExportDestination {
    requireNonNull(s3Bucket, "s3Bucket is null");
    requireNonNull(s3Prefix, "s3Prefix is null");
    requireNonNull(s3SseAlgorithm, "s3SseAlgorithm is null");
    requireNonNull(s3SseKmsKeyId, "s3SseKmsKeyId is null");
  }

  /** A destination with S3's default encryption; an empty prefix is none. */
  public static ExportDestination of(String s3Bucket, String s3Prefix) {
    Optional<String> prefix = Optional.of(s3Prefix).filter(text -> !text.isEmpty());
    return new ExportDestination(s3Bucket, prefix, DEFAULT_SSE, Optional.empty());
  }
}
