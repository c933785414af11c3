// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.store.local.LocalStore;
import io.dynavault.core.store.retry.RetryingStore;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.time.Sleeper;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StoresTest {
  private static final StoreConfig CONFIG =
      new StoreConfig(S3Config.defaults(), InstantSource.system(), Sleeper.system(), new Random());

  @Test
  void opensWhatTheLocationNames() {
    try (ObjectStore folder = Stores.open(StoreLocation.parse("/some/folder"), CONFIG);
        ObjectStore bucket = Stores.open(StoreLocation.parse("s3://bucket/prefix"), CONFIG)) {
      assertThat(folder).isInstanceOf(LocalStore.class);
      assertThat(folder.location()).isEqualTo(URI.create("file:/some/folder"));
      assertThat(bucket).isInstanceOf(RetryingStore.class);
      assertThat(bucket.location()).isEqualTo(URI.create("s3://bucket/prefix"));
    }
  }

  @Test
  void memoryOfOneNameIsShared() {
    try (ObjectStore first = Stores.open(StoreLocation.parse("mem:shared"), CONFIG);
        ObjectStore second = Stores.open(StoreLocation.parse("mem:shared"), CONFIG);
        ObjectStore other = Stores.open(StoreLocation.parse("mem:other"), CONFIG)) {
      first.put("a", "x".getBytes(UTF_8));

      assertThat(second.stat("a")).isPresent();
      assertThat(other.stat("a")).isEmpty();
    }
  }

  @Test
  void theConfigurationOfS3HasAwsDefaultsAndChangesOneThingAtATime() {
    S3Config defaults = S3Config.defaults();

    assertThat(defaults.endpoint()).isEmpty();
    assertThat(defaults.partBytes()).isEqualTo(8 * 1024 * 1024);
    assertThat(defaults.withRegion("eu-west-1").region()).contains("eu-west-1");
    assertThat(defaults.withProfile("p").profile()).contains("p");
    assertThat(defaults.withStorageClass("GLACIER_IR").storageClass()).contains("GLACIER_IR");
    assertThat(defaults.withAddressing(S3Config.Addressing.PATH).addressing())
        .isEqualTo(S3Config.Addressing.PATH);
    assertThat(defaults.withRegion("r").withProfile("p"))
        .isEqualTo(
            new S3Config(
                Optional.of("r"),
                Optional.empty(),
                Optional.of("p"),
                Optional.empty(),
                defaults.addressing(),
                defaults.encryption(),
                Optional.empty(),
                defaults.partBytes()));
    assertThatThrownBy(() -> defaults.withPartBytes(1024))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
