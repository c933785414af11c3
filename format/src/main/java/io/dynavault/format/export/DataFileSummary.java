// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

/**
 * What is known of a data file once it has been written or read to its end.
 *
 * @param itemCount lines in the file
 * @param rawBytes bytes of the lines before compression, line ends included
 * @param storedBytes bytes of the file as stored
 * @param md5Checksum Base64 of the MD5 of the stored bytes
 * @param sha256 lower-case hex of the SHA-256 of the stored bytes
 * @param etag S3's entity tag of the file when uploaded in one part of a multipart upload
 */
public record DataFileSummary(
    long itemCount,
    long rawBytes,
    long storedBytes,
    String md5Checksum,
    String sha256,
    String etag) {
  public DataFileSummary {
    requireNonNull(md5Checksum, "md5Checksum is null");
    requireNonNull(sha256, "sha256 is null");
    requireNonNull(etag, "etag is null");
  }

  /**
   * The file's line for {@code manifest-files.json}.
   *
   * @param dataFileS3Key key from the root of the bucket
   */
  public DataFile toDataFile(String dataFileS3Key) {
    return new DataFile(itemCount, md5Checksum, etag, dataFileS3Key);
  }
}
