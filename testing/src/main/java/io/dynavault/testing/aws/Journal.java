// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The requests that came, in order. */
final class Journal {
  private final List<StubRequest> requests = new ArrayList<>();

  synchronized void add(StubRequest request) {
    requests.add(request);
  }

  synchronized List<ObjectNode> requests(String operation) {
    return requests.stream()
        .filter(request -> request.operation().equals(operation))
        .map(request -> request.members().deepCopy())
        .toList();
  }

  synchronized List<String> calls() {
    return requests.stream().map(StubRequest::operation).toList();
  }

  synchronized void clear() {
    requests.clear();
  }
}
