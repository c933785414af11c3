// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.store.s3.S3Store;
import io.dynavault.testing.TestingServers;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class S3StoreIT extends ObjectStoreContract {
  @Override
  protected ObjectStore openEmpty() {
    return open(new StoreLocation.Bucket(TestingServers.newBucket(), "vaults/main"));
  }

  static ObjectStore open(StoreLocation.Bucket location) {
    return S3Store.open(
        location,
        S3Config.defaults()
            .withEndpoint(TestingServers.s3().endpoint())
            .withRegion(TestingServers.region().id())
            .withCredentials(TestingServers.credentialsProvider())
            .withPartBytes(S3Config.MIN_PART_BYTES),
        InstantSource.system());
  }

  /**
   * S3Proxy compares the ETag and then writes, so several callers at one moment can win there. That
   * the store leaves the decision to the server's answer is shown with scripted answers in core's
   * S3StoreWriteTest; here that a version which is past is refused.
   */
  @Override
  @Test
  void oneOfManyConcurrentReplacersWins() throws Exception {
    String version = store.put("lease", bytes("start")).version();
    assertThat(store.replace("lease", bytes("first"), version)).isPresent();

    for (int caller = 0; caller < 16; caller++) {
      assertThat(store.replace("lease", bytes("late " + caller), version)).isEmpty();
    }
    assertThat(read("lease")).isEqualTo("first");
  }

  /**
   * S3Proxy can answer one version's bytes with another's ETag and checksum when the key is written
   * meanwhile; here one after the other.
   */
  @Override
  @Test
  void aReaderSeesOneWholeVersionWhileOthersWriteNewOnes() throws Exception {
    for (String content : List.of("1", "22", "333", "4")) {
      ObjectInfo written = store.put("lease", bytes(content));
      try (ObjectDownload download = store.read("lease")) {
        assertThat(download.info().version()).isEqualTo(written.version());
        assertThat(download.readAllBytes()).isEqualTo(bytes(content));
      }
    }
  }

  @Test
  void storesInOneBucketBelowOtherPrefixesDoNotSeeEachOther() {
    String bucket = TestingServers.newBucket();
    try (ObjectStore first = open(new StoreLocation.Bucket(bucket, "vault"));
        ObjectStore second = open(new StoreLocation.Bucket(bucket, "vault-2"));
        ObjectStore whole = open(new StoreLocation.Bucket(bucket, ""))) {
      first.put("a", bytes("1"));
      second.put("a", bytes("22"));

      first.list("", info -> assertThat(info.size()).isEqualTo(1));
      assertThat(second.stat("a")).hasValueSatisfying(s -> assertThat(s.size()).isEqualTo(2));
      assertThat(whole.stat("vault/a")).isPresent();
      assertThat(whole.stat("vault-2/a")).isPresent();
    }
  }
}
