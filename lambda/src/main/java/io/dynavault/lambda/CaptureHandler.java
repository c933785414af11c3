// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.dynavault.lambda.capture.CaptureFunction;
import io.dynavault.lambda.host.Entrance;
import io.dynavault.lambda.host.Host;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Captures the changes of tables, when their streams have some and every minute. */
public final class CaptureHandler implements RequestStreamHandler {
  private final Entrance entrance;

  /** In AWS Lambda. */
  public CaptureHandler() {
    this(Host.lambda());
  }

  CaptureHandler(Host host) {
    entrance = new Entrance(host, new CaptureFunction(host)::handle);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    entrance.handle(event, answer, context);
  }
}
