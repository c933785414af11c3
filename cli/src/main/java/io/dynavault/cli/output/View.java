// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import com.fasterxml.jackson.databind.JsonNode;

/** The result of a command, for people and for programs. */
public interface View {

  /** Writes it for people. */
  void text(Page page);

  /** The same for programs: fields may be added later, never changed. */
  JsonNode json();
}
