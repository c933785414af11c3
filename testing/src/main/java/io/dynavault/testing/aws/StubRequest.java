// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A call as an area sees it.
 *
 * @param operation such as {@code CreateBackup}
 * @param members the request's members: of a JSON body, or of a form; path and query parameters of
 *     REST operations are among them, under the names that the service's model gives them in the
 *     URI
 * @param call what came over the wire
 */
public record StubRequest(String operation, ObjectNode members, HttpCall call) {
  public StubRequest {
    requireNonNull(operation, "operation is null");
    requireNonNull(members, "members is null");
    requireNonNull(call, "call is null");
  }

  /** The region that the request was signed for. */
  public String region() {
    return call.region();
  }

  public boolean has(String member) {
    return members.hasNonNull(member);
  }

  /** A text that may be missing. */
  public Optional<String> text(String member) {
    JsonNode value = members.path(member);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
  }

  /**
   * A text that must be there.
   *
   * @throws AwsError ValidationException, as DynamoDB words it
   */
  public String required(String member) {
    return text(member).orElseThrow(() -> missing(member));
  }

  /** A point in time given as epoch seconds. */
  public Optional<Instant> time(String member) {
    JsonNode value = members.path(member);
    return value.isNumber() ? Optional.of(Wire.instant(value.decimalValue())) : Optional.empty();
  }

  public Optional<Integer> integer(String member) {
    JsonNode value = members.path(member);
    return value.isNumber() ? Optional.of(value.intValue()) : Optional.empty();
  }

  static AwsError missing(String member) {
    return AwsError.validation(
        "1 validation error detected: Value null at '"
            + lowerCamel(member)
            + "' failed to satisfy constraint: Member must not be null");
  }

  static String lowerCamel(String member) {
    return Character.toLowerCase(member.charAt(0)) + member.substring(1);
  }
}
