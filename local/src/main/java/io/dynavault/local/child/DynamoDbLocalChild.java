// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.child;

import java.lang.reflect.Field;
import java.util.List;

/**
 * Starts DynamoDB Local as its own main class does, with two differences: that one listens on every
 * address of the machine and refuses port 0, so address and port are set on its Jetty before the
 * start.
 */
final class DynamoDbLocalChild {
  private static final String RUNNER = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner";

  private DynamoDbLocalChild() {}

  /** Starts with a port (0 for a free one) and options of DynamoDB Local; returns the port. */
  static int start(List<String> arguments) throws ReflectiveOperationException {
    int port = Integer.parseInt(arguments.get(0));
    String[] options = arguments.subList(1, arguments.size()).toArray(String[]::new);
    Object proxyServer =
        Class.forName(RUNNER)
            .getMethod("createServerFromCommandLineArgs", String[].class)
            .invoke(null, (Object) options);
    Field serverField = proxyServer.getClass().getDeclaredField("server");
    serverField.setAccessible(true);
    Object jetty = serverField.get(proxyServer);
    Object connector = ((Object[]) call(jetty, "getConnectors"))[0];
    connector.getClass().getMethod("setHost", String.class).invoke(connector, "127.0.0.1");
    connector.getClass().getMethod("setPort", int.class).invoke(connector, port);
    // Its start() prints a failure to bind and goes on; safeStart() throws.
    call(proxyServer, "safeStart");
    return (int) call(connector, "getLocalPort");
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }
}
