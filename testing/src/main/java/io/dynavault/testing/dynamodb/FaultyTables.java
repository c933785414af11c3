// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableClients;
import io.dynavault.testing.store.Call;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.Operation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A client of the SDK whose calls go wrong as told, in the way that they look above its retries.
 */
public final class FaultyTables implements InvocationHandler {
  private final DynamoDbClient client;
  private final Faults faults;
  private int calls;

  private FaultyTables(DynamoDbClient client, Faults faults) {
    this.client = requireNonNull(client, "client is null");
    this.faults = requireNonNull(faults, "faults is null");
  }

  /** The clients of an endpoint without auto scaling, with faults. */
  public static TableClients clients(DynamoDbClient client, Faults faults) {
    DynamoDbClient faulty =
        (DynamoDbClient)
            Proxy.newProxyInstance(
                FaultyTables.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                new FaultyTables(client, faults));
    return new TableClients(faulty, Optional.empty());
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments == null || method.getDeclaringClass() == Object.class) {
      return call(method, arguments);
    }
    @Nullable Fault fault = next(method.getName());
    if (fault instanceof Fault.Fail fail) {
      throw ServiceError.injected(fail.code()).ofClient();
    }
    if (fault instanceof Fault.Before before) {
      before.action().run();
    }
    Object answer = call(method, arguments);
    if (fault instanceof Fault.LoseAnswer) {
      throw ServiceError.injected(ErrorCode.SERVICE_UNAVAILABLE).ofClient();
    }
    return answer;
  }

  private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw requireNonNull(e.getCause(), "cause is null");
    }
  }

  private @Nullable Fault next(String method) {
    boolean changes = !method.startsWith("describe") && !method.startsWith("get");
    Operation operation =
        changes && !method.startsWith("list") ? Operation.CHANGE_TABLE : Operation.DESCRIBE_TABLE;
    synchronized (faults) {
      calls++;
      return faults
          .of(new Call(calls, operation, method))
          .filter(fault -> fault.appliesTo(operation))
          .orElse(null);
    }
  }
}
