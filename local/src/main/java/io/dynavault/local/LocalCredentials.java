// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static java.util.Objects.requireNonNull;

/**
 * The key pair that the local servers accept. It is the same for everybody and protects nothing; it
 * exists because clients sign their requests and the S3 server checks the signature.
 */
public record LocalCredentials(String accessKeyId, String secretAccessKey) {
  private static final LocalCredentials FIXED =
      new LocalCredentials("dynavault", "dynavault-local-secret");

  public LocalCredentials {
    requireNonNull(accessKeyId, "accessKeyId is null");
    requireNonNull(secretAccessKey, "secretAccessKey is null");
  }

  /** The key pair, also for somebody who has not started a server. */
  public static LocalCredentials fixed() {
    return FIXED;
  }
}
