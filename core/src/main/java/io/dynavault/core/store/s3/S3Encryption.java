// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** How S3 encrypts what is written to it. */
public sealed interface S3Encryption {

  /** As the bucket's own default says. */
  static S3Encryption bucketDefault() {
    return new BucketDefault();
  }

  /** With keys that S3 manages: SSE-S3, {@code AES256}. */
  static S3Encryption s3Managed() {
    return new S3Managed();
  }

  /** With the account's default key of AWS KMS: SSE-KMS, {@code aws:kms}. */
  static S3Encryption kms() {
    return new Kms(Optional.empty());
  }

  /** With a key of AWS KMS, named by id, ARN or alias. */
  static S3Encryption kms(String keyId) {
    return new Kms(Optional.of(keyId));
  }

  /** No header is sent. */
  record BucketDefault() implements S3Encryption {}

  /** SSE-S3. */
  record S3Managed() implements S3Encryption {}

  /**
   * SSE-KMS.
   *
   * @param keyId id, ARN or alias of the key; empty for the account's default key
   */
  record Kms(Optional<String> keyId) implements S3Encryption {
    public Kms {
      requireNonNull(keyId, "keyId is null");
    }
  }
}
