// SPDX-License-Identifier: Apache-2.0
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;

/**
 * Gives an event from standard input to a function and prints its answer as the last line, as one
 * invocation of Lambda would.
 */
final class Invoke {
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  public static void main(String[] arguments) throws Exception {
    Instant end = Instant.now().plus(TIMEOUT);
    Context context =
        (Context)
            Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, values) ->
                    switch (method.getName()) {
                      case "getRemainingTimeInMillis" ->
                          (int) Duration.between(Instant.now(), end).toMillis();
                      case "getMemoryLimitInMB" -> 1024;
                      case "getAwsRequestId" -> arguments[1];
                      case "getFunctionName" -> "conformance";
                      case "getInvokedFunctionArn" ->
                          "arn:aws:lambda:us-east-1:123456789012:function:conformance";
                      default -> null;
                    });
    RequestStreamHandler function =
        (RequestStreamHandler)
            Class.forName("io.dynavault.lambda." + arguments[0])
                .getDeclaredConstructor()
                .newInstance();
    function.handleRequest(System.in, System.out, context);
    System.out.println();
  }
}
