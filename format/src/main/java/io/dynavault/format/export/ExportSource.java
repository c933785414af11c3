// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where the objects of an export come from. */
@FunctionalInterface
public interface ExportSource {

  /**
   * Opens an object, or returns empty when there is none of this key. Every other failure is
   * thrown: an object that cannot be reached is not a missing one. The caller closes the stream.
   */
  Optional<InputStream> open(String key) throws IOException;
}
