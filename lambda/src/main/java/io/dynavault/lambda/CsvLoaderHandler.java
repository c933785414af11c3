// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.dynavault.lambda.csv.CsvFunction;
import io.dynavault.lambda.host.Entrance;
import io.dynavault.lambda.host.Host;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Loads CSV files of S3 into a table. */
public final class CsvLoaderHandler implements RequestStreamHandler {
  private final Entrance entrance;

  /** In AWS Lambda. */
  public CsvLoaderHandler() {
    this(Host.lambda());
  }

  CsvLoaderHandler(Host host) {
    entrance = new Entrance(host, new CsvFunction(host)::handle);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    entrance.handle(event, answer, context);
  }
}
