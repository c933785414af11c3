// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.testing.store.Call;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A transport whose calls go wrong as told, in the way that they look above the transport's own
 * retries.
 */
public final class FaultyTransport implements DynamoDbTransport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DynamoDbTransport transport;
  private final Faults faults;
  private final AtomicInteger calls = new AtomicInteger();

  public FaultyTransport(DynamoDbTransport transport, Faults faults) {
    this.transport = requireNonNull(transport, "transport is null");
    this.faults = requireNonNull(faults, "faults is null");
  }

  @Override
  public void call(String operation, byte[] body, int length, ResponseBuffer response) {
    @Nullable Fault fault = next(operation(operation), new String(body, 0, length, UTF_8));
    if (fault instanceof Fault.Fail fail) {
      throw ServiceError.injected(fail.code()).ofTransport();
    }
    if (fault instanceof Fault.Before before) {
      before.action().run();
    }
    if (fault instanceof Fault.Unprocessed) {
      answerHalf(operation, body, length, response);
      return;
    }
    transport.call(operation, body, length, response);
    if (fault instanceof Fault.DeliverTwice) {
      transport.call(operation, body, length, response);
    } else if (fault instanceof Fault.CutAnswer) {
      fill(response, response.array(), response.length() / 2);
    } else if (fault instanceof Fault.LoseAnswer) {
      throw ServiceError.injected(ErrorCode.SERVICE_UNAVAILABLE).ofTransport();
    }
  }

  private @Nullable Fault next(Operation operation, String subject) {
    synchronized (faults) {
      Call call = new Call(calls.incrementAndGet(), operation, subject);
      return faults.of(call).filter(fault -> fault.appliesTo(operation)).orElse(null);
    }
  }

  private static Operation operation(String name) {
    return switch (name) {
      case "Scan" -> Operation.SCAN;
      case "GetItem" -> Operation.GET_ITEM;
      case "PutItem" -> Operation.PUT_ITEM;
      case "BatchWriteItem" -> Operation.BATCH_WRITE;
      default -> throw new IllegalArgumentException("not known: " + name);
    };
  }

  private void answerHalf(String operation, byte[] body, int length, ResponseBuffer response) {
    try {
      ObjectNode request = (ObjectNode) JSON.readTree(body, 0, length);
      String table = request.path("RequestItems").fieldNames().next();
      ArrayNode done = JSON.createArrayNode();
      ArrayNode left = JSON.createArrayNode();
      for (JsonNode write : request.path("RequestItems").path(table)) {
        (done.size() < left.size() ? done : left).add(write);
      }
      if (!done.isEmpty()) {
        request.putObject("RequestItems").set(table, done);
        byte[] some = JSON.writeValueAsBytes(request);
        transport.call(operation, some, some.length, response);
      }
      ObjectNode answer = JSON.createObjectNode();
      answer.putObject("UnprocessedItems").set(table, left);
      byte[] bytes = JSON.writeValueAsBytes(answer);
      fill(response, bytes, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(ResponseBuffer response, byte[] bytes, int length) {
    try {
      response.fill(new ByteArrayInputStream(bytes.clone(), 0, length), length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public URI endpoint() {
    return transport.endpoint();
  }

  @Override
  public String region() {
    return transport.region();
  }

  @Override
  public void close() {
    transport.close();
  }
}
