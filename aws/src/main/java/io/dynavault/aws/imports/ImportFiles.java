// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.export.Compression;
import java.util.Optional;

/**
 * The files of an import: every object whose key begins with the prefix.
 *
 * @param prefix from the bucket's root; one of a folder ends in a slash, else it also takes what
 *     begins alike
 * @param bucketOwner the account that has the bucket, where it is another one
 * @param count of the objects
 * @param storedBytes their size as they lie there
 */
public record ImportFiles(
    String bucket,
    String prefix,
    Optional<String> bucketOwner,
    ImportFormat format,
    Compression compression,
    CsvColumns csv,
    long count,
    long storedBytes) {
  public ImportFiles {
    requireNonNull(bucket, "bucket is null");
    requireNonNull(prefix, "prefix is null");
    requireNonNull(bucketOwner, "bucketOwner is null");
    requireNonNull(format, "format is null");
    requireNonNull(compression, "compression is null");
    requireNonNull(csv, "csv is null");
    if (bucketOwner.filter(owner -> !owner.matches("[0-9]{12}")).isPresent()) {
      throw new IllegalArgumentException("bucketOwner is not an account of 12 digits");
    }
    if (csv.areGiven() && format != ImportFormat.CSV) {
      throw new IllegalArgumentException("csv is given for another format");
    }
  }

  /** For people. */
  public String location() {
    return location(bucket, prefix);
  }

  static String location(String bucket, String prefix) {
    return "s3://" + bucket + "/" + prefix;
  }
}
