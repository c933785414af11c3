// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.DynavaultException;

/** The usual reply: a status code and a body. */
public record Answer(int statusCode, ObjectNode body) implements Reply {
  /** All is done. */
  public static final int DONE = 200;

  /** Another invocation goes on. */
  public static final int CONTINUES = 202;

  /** Some of it has failed. */
  public static final int PARTIAL = 207;

  /** All of it has failed. */
  public static final int FAILED = 500;

  public Answer {
    requireNonNull(body, "body is null");
  }

  /** The status code of work that has ended. */
  public static int statusCode(long succeeded, long failed) {
    if (failed == 0) {
      return DONE;
    }
    return succeeded > 0 ? PARTIAL : FAILED;
  }

  /** What has failed before there was anything to tell of. */
  public static Answer failed(DynavaultException e) {
    return new Answer(FAILED, describe(e, JsonNodeFactory.instance.objectNode()));
  }

  /** Adds the error, its message and what to do about it. */
  public static ObjectNode describe(DynavaultException e, ObjectNode json) {
    return json.put("error", e.code().name()).put("message", e.getMessage()).put("hint", e.hint());
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("statusCode", statusCode);
    json.set("body", body);
    return json;
  }
}
