// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.masking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that hashes depend on. Who knows it can find out values by trying, so it never appears
 * in text; with another salt everything hashes to something else.
 */
public final class MaskingSalt {
  private static final int MIN_BYTES = 16;

  private final SecretKey key;

  private MaskingSalt(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /**
   * The salt with this text.
   *
   * @throws DynavaultException CONFIG_INVALID if it is shorter than 16 bytes
   */
  public static MaskingSalt of(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    if (bytes.length < MIN_BYTES) {
      throw new DynavaultException(
          ErrorCode.CONFIG_INVALID,
          "unable to use the masking salt: it is shorter than %d bytes".formatted(MIN_BYTES),
          "generate one, for example with: openssl rand -hex 32");
    }
    return new MaskingSalt(bytes);
  }

  SecretKey key() {
    return key;
  }

  @Override
  public String toString() {
    return "MaskingSalt[hidden]";
  }
}
