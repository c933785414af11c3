// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Request ids of what dynavault creates. AWS takes a request with the same id once only, and shows
 * the id later: that is how what dynavault made is known again.
 */
public final class CreatorToken {
  private static final String MARK = "dynavault-";

  private CreatorToken() {}

  /** A new one. */
  public static String create(RandomGenerator random) {
    return String.format(Locale.ROOT, "%s%016x%016x", MARK, random.nextLong(), random.nextLong());
  }

  /** Whether dynavault created what has this id. */
  public static boolean isOurs(@Nullable String creatorRequestId) {
    return creatorRequestId != null && creatorRequestId.startsWith(MARK);
  }
}
