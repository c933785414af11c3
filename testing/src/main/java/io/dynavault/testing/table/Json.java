// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A mapper that reads everything DynamoDB may answer. */
final class Json {
  /** An attribute name has up to 65,535 bytes, which is beyond Jackson's own limit. */
  private static final int LONGEST_NAME = 65_535;

  static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNameLength(LONGEST_NAME).build())
              .build());

  private Json() {}
}
