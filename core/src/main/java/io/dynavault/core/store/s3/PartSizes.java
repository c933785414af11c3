// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

/**
 * How large each part of an upload is: 10,000 parts must suffice for an object of 5 TiB (Amazon S3
 * User Guide, "Amazon S3 multipart upload limits"). The first thousand have the configured size,
 * then they grow evenly, so that memory grows only for objects of many gigabytes.
 */
final class PartSizes {
  static final int MAX_PARTS = 10_000;
  private static final int EVEN_PARTS = 1_000;
  private static final int GROWTH_PARTS = 35;

  private static final long MAX_PART_BYTES = 5L * 1024 * 1024 * 1024;

  private PartSizes() {}

  /** Bytes of the part; the first has number 1. */
  static long of(int partNumber, int firstBytes) {
    long growth = Math.max(0, partNumber - EVEN_PARTS) / GROWTH_PARTS;
    return Math.min(MAX_PART_BYTES, firstBytes * (1 + growth));
  }
}
