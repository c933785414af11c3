// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one secret, day, region and service that signatures are made with (AWS IAM User Guide,
 * "Create a signed AWS API request", step 4). Deriving it costs four times what using it does, and
 * it is good for a day.
 */
final class SigningKey {
  static final String ALGORITHM = "HmacSHA256";

  private final String secret;
  private final String day;
  private final SecretKeySpec key;

  private SigningKey(String secret, String day, SecretKeySpec key) {
    this.secret = secret;
    this.day = day;
    this.key = key;
  }

  /**
   * @param day as eight digits, in UTC
   */
  static SigningKey derive(String secret, String day, String region, String service) {
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String part : new String[] {day, region, service, "aws4_request"}) {
      key = hmac(key, part);
    }
    return new SigningKey(secret, day, new SecretKeySpec(key, ALGORITHM));
  }

  boolean isFor(String otherSecret, String otherDay) {
    return day.equals(otherDay) && secret.equals(otherSecret);
  }

  SecretKeySpec key() {
    return key;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
