// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a function is invoked with: a JSON object, of which it reads the fields that it knows. */
public final class Event {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String CONTINUATION = "continuation";

  private final ObjectNode fields;

  private Event(ObjectNode fields) {
    this.fields = requireNonNull(fields, "fields is null");
  }

  public static Event of(ObjectNode fields) {
    return new Event(fields);
  }

  /**
   * Reads an event; nothing is an empty one.
   *
   * @throws DynavaultException {@code USAGE} if it is no JSON object
   */
  public static Event read(InputStream in) throws IOException {
    byte[] bytes = in.readAllBytes();
    if (new String(bytes, UTF_8).isBlank()) {
      return new Event(JsonNodeFactory.instance.objectNode());
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw new DynavaultException(ErrorCode.USAGE, "unable to read the event: not JSON", e);
    }
    if (node.isNull()) {
      return new Event(JsonNodeFactory.instance.objectNode());
    }
    if (!(node instanceof ObjectNode object)) {
      throw new DynavaultException(ErrorCode.USAGE, "unable to read the event: no JSON object");
    }
    return new Event(object);
  }

  /** The whole of it, for what is not in flat fields. */
  public ObjectNode json() {
    return fields;
  }

  /** A text, if there is one. */
  public Optional<String> text(String name) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(name, "is not a text");
    }
    return Optional.of(value.textValue());
  }

  /** A flag; false where there is none. */
  public boolean flag(String name) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw invalid(name, "is neither true nor false");
    }
    return value.booleanValue();
  }

  /** A whole number of a range. */
  public int number(String name, int byDefault, int least, int most) {
    JsonNode value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return byDefault;
    }
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      throw invalid(name, "is not a whole number from %d to %d".formatted(least, most));
    }
    return value.intValue();
  }

  /** A list of texts; none where there is none. */
  public List<String> texts(String name) {
    JsonNode value = fields.path(name);
    List<String> texts = new ArrayList<>();
    if (value.isMissingNode() || value.isNull()) {
      return texts;
    }
    if (!value.isArray()) {
      throw invalid(name, "is not a list");
    }
    for (JsonNode element : value) {
      if (!element.isTextual()) {
        throw invalid(name, "is not a list of texts");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** The time for which the scheduler has sent this; empty for other events. */
  public Optional<Instant> scheduledTime() {
    return text("scheduled_time").or(() -> text("time")).flatMap(Event::time);
  }

  /** What calls this request the same when it comes again. */
  public Optional<String> requestId() {
    Optional<String> own = text("request_id");
    boolean scheduled = fields.path("source").asText("").equals("aws.events");
    return own.or(() -> scheduled ? text("id") : Optional.empty());
  }

  /** How many invocations were before this one; 0 for what somebody else has sent. */
  public int generation() {
    return fields.path(CONTINUATION).path("generation").asInt(0);
  }

  /** What the invocation before has left; empty in the first one. */
  public JsonNode state() {
    return fields.path(CONTINUATION).path("state");
  }

  /** The event of the next invocation: this one and what it needs to go on. */
  public Event next(String requestId, Instant scheduledTime, JsonNode state) {
    ObjectNode next = fields.deepCopy();
    next.put("request_id", requestId);
    next.put("scheduled_time", scheduledTime.toString());
    next.putObject(CONTINUATION).put("generation", generation() + 1).set("state", state);
    return new Event(next);
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // an event of somebody else's, in which it means something else
    }
  }

  private static DynavaultException invalid(String name, String reason) {
    return new DynavaultException(
        ErrorCode.USAGE, "unable to use the event: '%s' %s".formatted(name, reason));
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
