// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.ResponseBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a write answered: the capacity it consumed, if it says so, and where, in the answer's bytes,
 * the items or keys stand that it did not process, and the item that was there before, where that
 * was asked for.
 */
record WriteAnswer(OptionalDouble capacityUnits, List<Slice> unprocessed, Optional<Slice> oldItem) {
  /** The place of an item or a key in the answer. */
  record Slice(int offset, int length) {}

  /** What BatchWriteItem answered, which always says what it did not process, be it nothing. */
  static WriteAnswer ofBatch(ResponseBuffer answer) {
    return parse(answer, Set.of("UnprocessedItems"));
  }

  /** What PutItem, UpdateItem or DeleteItem answered. */
  static WriteAnswer ofPut(ResponseBuffer answer) {
    return parse(answer, Set.of());
  }

  /** An error that was sent as a success, by whatever is between, must not count as one. */
  private static WriteAnswer parse(ResponseBuffer answer, Set<String> needed) {
    Reader reader = new Reader();
    try (JsonParser parser = answer.parser()) {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        reader.member(parser);
      }
      expect(parser.currentToken(), JsonToken.END_OBJECT);
      if (!reader.members.containsAll(needed) || reader.members.contains("__type")) {
        throw new IOException("expected " + needed + ", found " + reader.members);
      }
      OptionalDouble units = reader.told ? OptionalDouble.of(reader.units) : OptionalDouble.empty();
      return new WriteAnswer(units, reader.unprocessed, Optional.ofNullable(reader.oldItem));
    } catch (IOException e) {
      throw new DynavaultException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "unable to read the answer to a write: it is not what DynamoDB answers",
          "the items of this request may be written or not; run again, writes can be repeated",
          e);
    }
  }

  private static void expect(JsonToken found, JsonToken wanted) throws IOException {
    if (found != wanted) {
      throw new IOException("expected " + wanted + ", found " + found);
    }
  }

  private static final class Reader {
    private double units;
    private boolean told;
    private final Set<String> members = new HashSet<>();
    private final List<Slice> unprocessed = new ArrayList<>();
    private @Nullable Slice oldItem;

    private void member(JsonParser parser) throws IOException {
      String name = parser.currentName();
      members.add(name);
      parser.nextToken();
      switch (name) {
        case "UnprocessedItems" -> tables(parser);
        case "ConsumedCapacity" -> capacities(parser);
        case "Attributes" -> oldItem = object(parser);
        default -> parser.skipChildren();
      }
    }

    private void tables(JsonParser parser) throws IOException {
      expect(parser.currentToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        expect(parser.nextToken(), JsonToken.START_ARRAY);
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          request(parser);
        }
      }
    }

    /** {@code {"PutRequest":{"Item":{…}}}} or {@code {"DeleteRequest":{"Key":{…}}}}. */
    private void request(JsonParser parser) throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        expect(parser.nextToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          parser.nextToken();
          unprocessed.add(object(parser));
        }
      }
    }

    private static Slice object(JsonParser parser) throws IOException {
      expect(parser.currentToken(), JsonToken.START_OBJECT);
      int from = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      int to = (int) parser.currentLocation().getByteOffset();
      return new Slice(from, to - from);
    }

    /** One object, or an array of one per table. */
    private void capacities(JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          capacity(parser);
        }
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        capacity(parser);
      }
    }

    private void capacity(JsonParser parser) throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("CapacityUnits") && value.isNumeric()) {
          units += parser.getDoubleValue();
          told = true;
        } else {
          parser.skipChildren();
        }
      }
    }
  }
}
