// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.testing.aws.Wire.Protocol;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which handler answers which operation. Of several for one operation the one that was registered
 * last answers, unless it is for some requests only and this is none of them.
 */
public final class Operations {
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Answers an operation with the members of its output; null members are none (empty body). */
  @FunctionalInterface
  public interface JsonHandler {
    /**
     * @throws AwsError to answer with an error
     */
    JsonNode answer(StubRequest request);
  }

  /** Answers an operation of the query protocol with what stands inside its result element. */
  @FunctionalInterface
  public interface XmlHandler {
    /**
     * @throws AwsError to answer with an error
     */
    String answer(StubRequest request);
  }

  /** A request and who answers it; empty if nobody here does. */
  record Route(Protocol protocol, StubRequest request, Optional<Answerer> answerer) {}

  /** A handler of either kind. */
  @FunctionalInterface
  interface Answerer {
    HttpAnswer answer(StubRequest request);
  }

  private record RestOperation(String method, List<String> path, String name, Answerer answerer) {
    long parameters() {
      return path.stream().filter(part -> part.startsWith("{")).count();
    }
  }

  /** A handler and the requests that it is for. */
  private record Guarded(Predicate<StubRequest> guard, Answerer answerer) {}

  private final Map<String, Deque<Guarded>> byTarget = new HashMap<>();
  private final Map<String, Answerer> byAction = new HashMap<>();
  private final List<RestOperation> rest = new ArrayList<>();

  /** An operation of DynamoDB. */
  public void dynamoDb(String operation, JsonHandler handler) {
    dynamoDb(operation, request -> true, handler);
  }

  /** An operation of DynamoDB, for some requests only. */
  public void dynamoDb(String operation, Predicate<StubRequest> guard, JsonHandler handler) {
    target(
        "DynamoDB_20120810." + operation,
        guard,
        request -> Wire.answer(Protocol.DYNAMODB, handler.answer(request)));
  }

  /**
   * An operation of another service that speaks JSON 1.1.
   *
   * @param target what precedes the operation in X-Amz-Target, such as {@code Logs_20140328}
   */
  public void json(String target, String operation, JsonHandler handler) {
    target(
        target + "." + operation,
        request -> true,
        request -> Wire.answer(Protocol.JSON_1_1, handler.answer(request)));
  }

  private void target(String target, Predicate<StubRequest> guard, Answerer answerer) {
    byTarget
        .computeIfAbsent(target, name -> new ArrayDeque<>())
        .addFirst(new Guarded(guard, answerer));
  }

  /**
   * An operation of a REST service.
   *
   * @param path such as <code>/backup-vaults/{backupVaultName}/recovery-points</code>; a slash at
   *     the end does not matter
   */
  public void rest(String method, String path, String operation, JsonHandler handler) {
    rest.add(
        0,
        new RestOperation(
            method,
            parts(path),
            operation,
            request -> Wire.answer(Protocol.REST, handler.answer(request))));
  }

  /**
   * An operation of a service with the query protocol.
   *
   * @param service its signing name, such as {@code sns}
   */
  public void query(String service, String operation, XmlHandler handler) {
    byAction.put(
        service + ":" + operation, request -> Wire.answer(operation, handler.answer(request)));
  }

  /**
   * What a request asks for.
   *
   * @throws AwsError if it cannot be read
   */
  Route route(HttpCall call) {
    Optional<String> target = call.header("X-Amz-Target");
    if (target.isPresent()) {
      return byTarget(target.get(), call);
    }
    if (call.header("Content-Type").orElse("").startsWith(FORM)) {
      ObjectNode form = Wire.object();
      parameters(new String(call.body(), UTF_8)).forEach(form::put);
      String action = form.path("Action").asText();
      return new Route(
          Protocol.QUERY,
          new StubRequest(action, form, call),
          Optional.ofNullable(byAction.get(call.signingName() + ":" + action)));
    }
    return byPath(call);
  }

  private Route byTarget(String target, HttpCall call) {
    String service = target.substring(0, Math.max(0, target.indexOf('.')));
    String operation = target.substring(target.indexOf('.') + 1);
    StubRequest request = new StubRequest(operation, Wire.parse(call.body()), call);
    return new Route(
        service.startsWith("DynamoDB") ? Protocol.DYNAMODB : Protocol.JSON_1_1,
        request,
        byTarget.getOrDefault(target, new ArrayDeque<>()).stream()
            .filter(guarded -> guarded.guard().test(request))
            .map(Guarded::answerer)
            .findFirst());
  }

  private Route byPath(HttpCall call) {
    List<String> parts = parts(call.path());
    RestOperation best = null;
    for (RestOperation operation : rest) {
      if (operation.method().equals(call.method())
          && fits(operation.path(), parts)
          && (best == null || operation.parameters() < best.parameters())) {
        best = operation;
      }
    }
    ObjectNode members = Wire.parse(call.body());
    parameters(call.query()).forEach(members::put);
    if (best == null) {
      String name = call.method() + " " + call.path();
      return new Route(Protocol.REST, new StubRequest(name, members, call), Optional.empty());
    }
    for (int i = 0; i < parts.size(); i++) {
      String name = best.path().get(i);
      if (name.startsWith("{")) {
        members.put(name.substring(1, name.length() - 1), URLDecoder.decode(parts.get(i), UTF_8));
      }
    }
    return new Route(
        Protocol.REST, new StubRequest(best.name(), members, call), Optional.of(best.answerer()));
  }

  private static boolean fits(List<String> template, List<String> parts) {
    if (template.size() != parts.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!template.get(i).startsWith("{") && !template.get(i).equals(parts.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/")); // empty ones at the end are dropped
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query.split("&")) {
      int equals = parameter.indexOf('=');
      if (!parameter.isEmpty()) {
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        parameters.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
      }
    }
    return parameters;
  }
}
