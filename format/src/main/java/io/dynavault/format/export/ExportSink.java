// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;

/** Where the small objects of an export go. */
@FunctionalInterface
public interface ExportSink {

  /** Stores the object, whole and durable on return. */
  void put(String key, byte[] content) throws IOException;
}
