// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a function returns, in the form that whoever invokes it expects. */
public interface Reply {

  /** As Lambda returns it. */
  ObjectNode toJson();
}
