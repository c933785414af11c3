// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.transport.AwsService;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.SdkClients;
import io.dynavault.core.transport.SdkErrors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/** Invokes the function that runs: the very version or alias of it. */
final class SelfInvocation implements Continuation {
  private final EndpointConfig endpoint;
  private final String functionArn;

  SelfInvocation(EndpointConfig endpoint, String functionArn) {
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
    this.functionArn = requireNonNull(functionArn, "functionArn is null");
  }

  @Override
  public void invoke(Event event) {
    try (LambdaClient client =
        SdkClients.open(AwsService.LAMBDA, LambdaClient.builder(), endpoint)) {
      SdkErrors.call(
          "lambda:Invoke",
          () ->
              client.invoke(
                  b ->
                      b.functionName(functionArn)
                          .invocationType(InvocationType.EVENT)
                          .payload(SdkBytes.fromUtf8String(event.toString()))));
    }
  }
}
