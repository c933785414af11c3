// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.fault;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * A request as the proxy saw it.
 *
 * @param number 1 for the first request of the proxy
 * @param target path and query
 * @param operation of DynamoDB, such as {@code Scan}: the last part of the X-Amz-Target header
 * @param bodySize in bytes
 */
public record ProxiedRequest(
    int number, String method, String target, Optional<String> operation, int bodySize) {
  public ProxiedRequest {
    requireNonNull(method, "method is null");
    requireNonNull(target, "target is null");
    requireNonNull(operation, "operation is null");
  }

  /** All requests. */
  public static Predicate<ProxiedRequest> any() {
    return request -> true;
  }

  /** Requests for an operation of DynamoDB. */
  public static Predicate<ProxiedRequest> ofOperation(String operation) {
    return request -> request.operation().filter(operation::equals).isPresent();
  }

  /** Requests with an HTTP method whose path or query contains a text. */
  public static Predicate<ProxiedRequest> withMethod(String method, String partOfTarget) {
    return request -> request.method().equals(method) && request.target().contains(partOfTarget);
  }
}
