// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.dynavault.lambda.cleanup.CleanupFunction;
import io.dynavault.lambda.host.Entrance;
import io.dynavault.lambda.host.Host;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Deletes backups that are past their retention. */
public final class CleanupHandler implements RequestStreamHandler {
  private final Entrance entrance;

  /** In AWS Lambda. */
  public CleanupHandler() {
    this(Host.lambda());
  }

  CleanupHandler(Host host) {
    entrance = new Entrance(host, new CleanupFunction(host)::handle);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    entrance.handle(event, answer, context);
  }
}
