// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A request composed of parts, in a reused array. Confined to one thread. */
final class RequestBody extends ByteArrayOutputStream {

  RequestBody() {
    super(64 * 1024);
  }

  RequestBody text(String ascii) {
    writeBytes(ascii.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  byte[] array() {
    return buf;
  }

  static String quote(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
