// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.net.URI;

/**
 * Sends one DynamoDB request as raw JSON bytes and reads the whole answer. Safe for use by several
 * threads, each with its own {@link ResponseBuffer}.
 *
 * <p>Transport faults (connection, 5xx, a CRC that differs, an expired token after a refresh) are
 * retried inside, with bounds. What comes out is typed: {@link ThrottledException} for throttling
 * of any kind, {@link RefusedException} for every other answer of the service that is an error, and
 * {@link io.dynavault.core.error.DynavaultException} for credentials, access and an endpoint that
 * cannot be reached.
 */
public interface DynamoDbTransport extends AutoCloseable {

  /**
   * @param operation name of the operation, such as {@code Scan}
   * @param body holds the request's JSON in its first {@code length} bytes
   * @param response receives the body of the answer
   */
  void call(String operation, byte[] body, int length, ResponseBuffer response);

  /** The endpoint that answers. */
  URI endpoint();

  /** The region that requests are signed for. */
  String region();

  @Override
  void close();
}
