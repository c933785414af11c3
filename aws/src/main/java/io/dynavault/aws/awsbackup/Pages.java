// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists of AWS Backup, page after page to their end. */
public final class Pages {
  private Pages() {}

  /** Asks for a page. */
  @FunctionalInterface
  public interface PageRequest<R> {
    /**
     * @param token of the page; null for the first one
     */
    R page(@Nullable String token);
  }

  /**
   * All elements of all pages.
   *
   * @throws DynavaultException if the service gives the same page again and again
   */
  public static <R, M, T> List<T> all(
      PageRequest<R> request,
      Function<R, List<M>> members,
      TokenOf<R> next,
      Function<M, T> element) {
    List<T> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String token = null;
    do {
      R page = request.page(token);
      members.apply(page).forEach(member -> all.add(element.apply(member)));
      token = next.token(page);
      if (token != null && !seen.add(token)) {
        throw new DynavaultException(
            ErrorCode.REQUEST_REFUSED,
            "unable to list what is in AWS Backup: the service gives the same page again");
      }
    } while (token != null && !token.isEmpty());
    return all;
  }

  /** Where the token of the next page is in an answer. */
  @FunctionalInterface
  public interface TokenOf<R> {
    /** Null after the last page. */
    @Nullable String token(R page);
  }
}
