// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import io.dynavault.core.table.TableClients;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.SdkClients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Access to tables of which every request that can change something is a step. */
final class SteppedTables {
  private static final Pattern WRITE =
      Pattern.compile("(?i)(create|update|delete|put|tag|untag|batchWrite).*");

  private SteppedTables() {}

  static DynamoDbTransport transport(DynamoDbTransport transport, Steps steps) {
    return new DynamoDbTransport() {
      @Override
      public void call(String operation, byte[] body, int length, ResponseBuffer response) {
        if (WRITE.matcher(operation).matches()) {
          steps.before(operation);
        }
        transport.call(operation, body, length, response);
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
    };
  }

  /** Opened by the first use: most processes here need none. */
  static TableClients clients(EndpointConfig config, Steps steps) {
    AtomicReference<DynamoDbClient> opened = new AtomicReference<>();
    Object stepped =
        Proxy.newProxyInstance(
            SteppedTables.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close") && opened.get() == null) {
                return null;
              }
              if (WRITE.matcher(method.getName()).matches()) {
                steps.before(method.getName());
              }
              return invoke(
                  method,
                  opened.updateAndGet(c -> c == null ? SdkClients.dynamoDb(config) : c),
                  arguments);
            });
    return new TableClients((DynamoDbClient) stepped, Optional.empty());
  }

  private static Object invoke(Method method, DynamoDbClient client, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
