// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectKey;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.UnfinishedUpload;
import java.net.URI;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Objects in a bucket below a prefix. Owns its client. */
public final class S3Store implements ObjectStore {
  private final StoreLocation.Bucket location;
  private final S3Bucket bucket;
  private final Downloads downloads;

  S3Store(StoreLocation.Bucket location, S3Config config, S3Client client, InstantSource clock) {
    this.location = requireNonNull(location, "location is null");
    this.bucket = new S3Bucket(location, config, client, clock);
    this.downloads = new Downloads(bucket);
  }

  /** Opens the store; sends nothing yet. */
  public static S3Store open(StoreLocation.Bucket location, S3Config config, InstantSource clock) {
    return new S3Store(location, config, S3Clients.create(config), clock);
  }

  @Override
  public URI location() {
    return location.uri();
  }

  @Override
  public Optional<ObjectInfo> stat(String key) {
    return downloads.stat(ObjectKey.check(key));
  }

  @Override
  public ObjectDownload read(String key) {
    return downloads.open(ObjectKey.check(key));
  }

  @Override
  public ObjectDownload read(String key, long offset, long length) {
    Objects.checkFromIndexSize(offset, length, Long.MAX_VALUE);
    return downloads.open(ObjectKey.check(key), offset, length);
  }

  @Override
  public ObjectInfo put(String key, byte[] content) {
    PutObjectRequest request =
        bucket.putRequest(ObjectKey.check(key)).checksumCRC32(Crc32Text.of(content)).build();
    PutObjectResponse response =
        bucket.call(
            S3Operation.WRITE,
            bucket.name(key),
            () -> bucket.client().putObject(request, RequestBody.fromBytes(content)));
    return bucket.written(key, content.length, response);
  }

  @Override
  public Optional<ObjectInfo> putIfAbsent(String key, byte[] content) {
    return new ConditionalPut(bucket, downloads, ObjectKey.check(key), content).ifAbsent();
  }

  @Override
  public Optional<ObjectInfo> replace(String key, byte[] content, String expectedVersion) {
    requireNonNull(expectedVersion, "expectedVersion is null");
    return new ConditionalPut(bucket, downloads, ObjectKey.check(key), content)
        .ifVersion(expectedVersion);
  }

  @Override
  public ObjectUpload upload(String key) {
    return new S3Upload(bucket, ObjectKey.check(key));
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> consumer) {
    new S3Listing(bucket, ObjectKey.checkPrefix(prefix), consumer).run();
  }

  @Override
  public void delete(String key) {
    String fullKey = bucket.fullKey(ObjectKey.check(key));
    bucket.call(
        S3Operation.DELETE,
        bucket.name(key),
        () -> bucket.client().deleteObject(b -> b.bucket(bucket.bucket()).key(fullKey)));
  }

  @Override
  public void listUnfinished(Consumer<UnfinishedUpload> consumer) {
    S3Listing.unfinished(bucket, consumer);
  }

  @Override
  public void discard(UnfinishedUpload upload) {
    String key = ObjectKey.check(upload.key().orElseThrow());
    try {
      bucket.send(
          () ->
              bucket
                  .client()
                  .abortMultipartUpload(Multipart.abortRequest(bucket, key, upload.id())));
    } catch (SdkException e) {
      if (!S3Failures.code(e).equals("NoSuchUpload")) {
        throw bucket.map(S3Operation.DISCARD, bucket.name(key), e);
      }
    }
  }

  @Override
  public void close() {
    bucket.client().close();
  }
}
