// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

/**
 * One line of {@code manifest-files.json}: a data file and how to know that it is whole (DynamoDB
 * Developer Guide, "DynamoDB table export output format").
 *
 * @param itemCount lines in the file
 * @param md5Checksum Base64 of the MD5 of the stored (compressed) bytes
 * @param etag S3's entity tag without quotes; informative only, copies change it
 * @param dataFileS3Key object key from the root of the bucket
 */
public record DataFile(long itemCount, String md5Checksum, String etag, String dataFileS3Key) {
  public DataFile {
    requireNonNull(md5Checksum, "md5Checksum is null");
    requireNonNull(etag, "etag is null");
    requireNonNull(dataFileS3Key, "dataFileS3Key is null");
    if (itemCount < 0) {
      throw new IllegalArgumentException("itemCount is negative: " + itemCount);
    }
  }
}
