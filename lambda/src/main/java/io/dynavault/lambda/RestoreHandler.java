// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.dynavault.lambda.host.Entrance;
import io.dynavault.lambda.host.Host;
import io.dynavault.lambda.restore.RestoreFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Restores tables from the vault, in as many invocations as it takes. */
public final class RestoreHandler implements RequestStreamHandler {
  private final Entrance entrance;

  /** In AWS Lambda. */
  public RestoreHandler() {
    this(Host.lambda());
  }

  RestoreHandler(Host host) {
    entrance = new Entrance(host, new RestoreFunction(host)::handle);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    entrance.handle(event, answer, context);
  }
}
