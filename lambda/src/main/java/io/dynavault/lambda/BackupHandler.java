// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.dynavault.lambda.backup.BackupFunction;
import io.dynavault.lambda.host.Entrance;
import io.dynavault.lambda.host.Host;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Backs tables up, in as many invocations as it takes. */
public final class BackupHandler implements RequestStreamHandler {
  private final Entrance entrance;

  /** In AWS Lambda. */
  public BackupHandler() {
    this(Host.lambda());
  }

  BackupHandler(Host host) {
    entrance = new Entrance(host, new BackupFunction(host)::handle);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    entrance.handle(event, answer, context);
  }
}
