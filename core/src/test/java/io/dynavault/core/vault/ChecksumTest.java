// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumTest {
  /** RFC 1321, "Test suite": MD5 ("abc") = 900150983cd24fb0d6963f7d28e17f72. */
  private static final String MD5_OF_ABC = "kAFQmDzST7DWlj99KOF/cg==";

  /** FIPS 180-2, appendix B.1: the SHA-256 of "abc". */
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isTheDigestInTheTextFormOfItsAlgorithm() {
    byte[] abc = "abc".getBytes(UTF_8);
    assertThat(Checksum.Algorithm.SHA256.of(abc)).isEqualTo(Checksum.sha256(SHA256_OF_ABC));
    assertThat(Checksum.Algorithm.MD5.of(abc)).isEqualTo(Checksum.md5(MD5_OF_ABC));
  }

  @Test
  void isNeverTheSameAsOneOfTheOtherAlgorithm() {
    assertThat(Checksum.md5(MD5_OF_ABC).isMd5()).isTrue();
    assertThat(Checksum.sha256(SHA256_OF_ABC).isMd5()).isFalse();
  }

  @Test
  void namesObjectsInHex() {
    assertThat(Checksum.md5(MD5_OF_ABC).hex()).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    assertThat(Checksum.sha256(SHA256_OF_ABC).hex()).isEqualTo(SHA256_OF_ABC);
  }

  @Test
  void saysHowAnotherOneDiffers() {
    assertThat(Checksum.md5("FjvgqIxwymKf1RbbqtrZag==").differsFrom(Checksum.md5(MD5_OF_ABC)))
        .isEqualTo("its MD5 is FjvgqIxwymKf1RbbqtrZag==, in the record kAFQmDzST7DWlj99KOF/cg==");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kAFQmDzST7DWlj99KOF/cg",
        "kAFQmDzST7DWlj99KOF/ch==",
        "kAFQmDzST7DWlj99KOF_cg==",
        "900150983cd24fb0d6963f7d28e17f72",
        "kAFQmDzST7DWlj99KOF/cg==\n"
      })
  void refusesWhatIsNoMd5InBase64(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checksum.md5(text))
        .withMessage("MD5 is not 16 bytes in Base64");
  }

  @Test
  void refusesWhatIsNoSha256InLowerCaseHex() {
    assertThatIllegalArgumentException().isThrownBy(() -> Checksum.sha256(MD5_OF_ABC));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checksum.sha256(SHA256_OF_ABC.replace('b', 'B')));
  }
}
