// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectUpload;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * An object being written: one PutObject while it fits into a part, else a multipart upload. Holds
 * one part in memory.
 */
final class S3Upload extends ObjectUpload {
  private final S3Bucket bucket;
  private final String key;
  private final PartBuffer buffer = new PartBuffer();
  private Optional<Multipart> multipart = Optional.empty();
  private boolean ended;

  S3Upload(S3Bucket bucket, String key) {
    this.bucket = bucket;
    this.key = key;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    int written = 0;
    while (written < length) {
      long room = partBytes() - buffer.size();
      if (room == 0) {
        sendPart();
        continue;
      }
      int count = (int) Math.min(room, length - written);
      buffer.write(bytes, offset + written, count);
      written += count;
    }
  }

  private long partBytes() {
    int number = multipart.map(Multipart::nextNumber).orElse(1);
    return PartSizes.of(number, bucket.config().partBytes());
  }

  private void sendPart() {
    if (multipart.isEmpty()) {
      multipart = Optional.of(Multipart.begin(bucket, key));
    }
    try {
      multipart.get().send(buffer);
    } catch (DynavaultException e) {
      close(); // a part is missing now: this can never become the whole object
      throw e;
    }
    buffer.clear();
  }

  @Override
  public ObjectInfo commit() {
    requireOpen();
    try {
      ObjectInfo info = multipart.isPresent() ? completeParts(multipart.get()) : putWhole();
      ended = true;
      return info;
    } finally {
      close();
    }
  }

  private ObjectInfo completeParts(Multipart parts) {
    if (buffer.size() > 0) {
      parts.send(buffer);
    }
    return parts.complete();
  }

  private ObjectInfo putWhole() {
    PutObjectRequest request = bucket.uploadRequest(key).checksumCRC32(buffer.crc32()).build();
    PutObjectResponse response =
        bucket.call(
            S3Operation.WRITE,
            bucket.name(key),
            () -> bucket.client().putObject(request, buffer.body()));
    checkCrc32(bucket.name(key), buffer.crc32(), response.checksumCRC32());
    return bucket.written(key, buffer.size(), response);
  }

  @Override
  public void close() {
    if (!ended) {
      ended = true;
      multipart.ifPresent(Multipart::abort);
    }
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the upload has ended");
    }
  }

  /** S3 compares the checksum itself; an answer with another one means it did not. */
  static void checkCrc32(String name, String sent, @Nullable String answered) {
    if (answered != null && !answered.equals(sent)) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED,
          "unable to write '" + name + "': S3 answered checksum " + answered + " for " + sent,
          "the bytes changed on their way: run again");
    }
  }
}
