// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How AWS encrypts the files of an export.
 *
 * @param kmsKeyId of SSE-KMS with this key; empty is SSE-S3
 */
public record ExportEncryption(Optional<String> kmsKeyId) {
  public ExportEncryption {
    requireNonNull(kmsKeyId, "kmsKeyId is null");
  }
}
