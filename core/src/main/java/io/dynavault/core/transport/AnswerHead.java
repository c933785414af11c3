// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.util.Optional;
import org.apache.http.Header;
import org.apache.http.HttpResponse;

/** What stands before the body of an answer, as far as it has a meaning here. */
record AnswerHead(int statusCode, Optional<String> contentType, Optional<String> date) {
  static AnswerHead of(HttpResponse answer) {
    return new AnswerHead(
        answer.getStatusLine().getStatusCode(),
        header(answer, "Content-Type"),
        header(answer, "Date"));
  }

  private static Optional<String> header(HttpResponse answer, String name) {
    return Optional.ofNullable(answer.getFirstHeader(name)).map(Header::getValue);
  }

  /** Web servers and captive portals answer 200 with a page. */
  boolean isSuccess() {
    return statusCode / 100 == 2
        && contentType.filter(type -> type.startsWith("text/html")).isEmpty();
  }
}
