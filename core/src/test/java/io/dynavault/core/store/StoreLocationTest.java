// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreLocationTest {
  private static final Path HERE = Path.of("").toAbsolutePath();

  @ParameterizedTest
  @CsvSource({
    "file:/backups/orders, /backups/orders",
    "file:///backups/orders, /backups/orders",
    "/backups/orders/, /backups/orders",
    "/backups/../other, /other",
    "file:/a%20b/100%25, /a b/100%",
    "file:/a b+c, /a b+c",
    "/a%20b, /a%20b",
    "FILE:/backups, /backups"
  })
  void readsAbsoluteFolders(String text, String path) {
    assertThat(StoreLocation.parse(text)).isEqualTo(new StoreLocation.Folder(Path.of(path)));
  }

  @ParameterizedTest
  @CsvSource({
    "backups, backups",
    "./backups, backups",
    "file:backups/x, backups/x",
    "file:./backups, backups",
    "./odd:name, odd:name"
  })
  void readsRelativeFolders(String text, String path) {
    assertThat(StoreLocation.parse(text)).isEqualTo(new StoreLocation.Folder(HERE.resolve(path)));
  }

  @ParameterizedTest
  @CsvSource({
    "s3://bucket, bucket, ''",
    "s3://bucket/, bucket, ''",
    "s3://my.bucket-1/a/b, my.bucket-1, a/b",
    "s3://bucket/a/b/, bucket, a/b",
    "S3://bucket/a b/100%, bucket, a b/100%"
  })
  void readsBuckets(String text, String bucket, String prefix) {
    assertThat(StoreLocation.parse(text)).isEqualTo(new StoreLocation.Bucket(bucket, prefix));
  }

  @Test
  void readsMemory() {
    assertThat(StoreLocation.parse("mem:try")).isEqualTo(new StoreLocation.Memory("try"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/backups/a b", "/100%/x", "s3://bucket", "s3://bucket/a b/100%25", "mem:name"})
  void printsWhatItReadsBack(String text) {
    StoreLocation location = StoreLocation.parse(text);

    assertThat(StoreLocation.parse(location.toString())).isEqualTo(location);
  }

  @Test
  void isAUri() {
    assertThat(StoreLocation.parse("/a b").uri()).isEqualTo(URI.create("file:/a%20b"));
    assertThat(StoreLocation.parse("s3://bucket/a b").uri())
        .isEqualTo(URI.create("s3://bucket/a%20b"));
    assertThat(StoreLocation.parse("s3://bucket").uri()).isEqualTo(URI.create("s3://bucket"));
    assertThat(StoreLocation.parse("mem:x").uri()).isEqualTo(URI.create("mem:x"));
  }

  @Test
  void hasTheSameUriWhetherThereIsAFolderOrNot(@TempDir Path folder) {
    Path missing = folder.resolve("missing");

    assertThat(new StoreLocation.Folder(folder).uri()).isEqualTo(URI.create("file:" + folder));
    assertThat(new StoreLocation.Folder(missing).uri()).isEqualTo(URI.create("file:" + missing));
    assertThat(new StoreLocation.Folder(Path.of("/")).uri()).isEqualTo(URI.create("file:/"));
  }

  @Test
  void resolvesWhatLiesBelow() {
    assertThat(StoreLocation.parse("s3://bucket").resolve("a/b")).hasToString("s3://bucket/a/b");
    assertThat(StoreLocation.parse("s3://bucket/x").resolve("a")).hasToString("s3://bucket/x/a");
    assertThat(StoreLocation.parse("/x").resolve("a/b")).hasToString("file:/x/a/b");
    assertThatThrownBy(() -> StoreLocation.parse("/x").resolve("../y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|it is empty|plain path such as ./backups",
        "'  '|it is empty|plain path such as ./backups",
        "gs://bucket|the scheme 'gs:' is not known|write s3://bucket/prefix",
        "s3a://bucket/x|the scheme is not known|write s3://bucket/x",
        "https://host/bucket|it is a web address|as the S3 endpoint",
        "s3:bucket/x|not named after two slashes|write s3://bucket/x",
        "s3:/bucket/x|not named after two slashes|write s3://bucket/x",
        "s3:///bucket|not named after two slashes|write s3://bucket",
        "s3://|'' is not a bucket name|3 to 63 characters",
        "s3://a|'a' is not a bucket name|3 to 63 characters",
        "s3://-bucket/x|'-bucket' is not a bucket name|3 to 63 characters",
        "s3://arn:aws:s3:eu-west-1:1:accesspoint/x|it is an ARN|alias",
        "s3://bucket/../x|its prefix is not usable|no empty, '.' or '..' part",
        "s3://bucket//x|its prefix is not usable|no empty, '.' or '..' part",
        "file:|it names no folder|write file:/folder",
        "file://backups/x|'backups' stands where a host name would|file:/backups/x for an absolute",
        "file:/100%|not followed by two hex digits|write %25",
        "~/backups|the shell did not replace '~'|$HOME",
        "file:~/backups|the shell did not replace '~'|$HOME",
        "mem:|it has no usable name|write mem:name",
        "mem:a/b|it has no usable name|write mem:name"
      })
  void saysWhatToWriteInsteadOfAWrongLocation(String text, String reason, String hint) {
    assertThatThrownBy(() -> StoreLocation.parse(text))
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e).hasMessageStartingWith("unable to use location '" + text + "': ");
              assertThat(e).hasMessageContaining(reason);
              assertThat(e.hint()).contains(hint);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\nb", "s3://bucket/\u001b[2J", "file:/a\0b", "file:/a%00b"})
  void neverRepeatsControlCharacters(String text) {
    assertThatThrownBy(() -> StoreLocation.parse(text))
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl);
            });
  }
}
