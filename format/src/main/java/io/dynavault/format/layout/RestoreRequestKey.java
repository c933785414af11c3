// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the key of an object of a restore request says.
 *
 * @param request letters and digits that stand for the request
 * @param table whose checkpoint it is; empty for the answer to the request
 */
public record RestoreRequestKey(String request, Optional<String> table) {
  public RestoreRequestKey {
    requireNonNull(request, "request is null");
    requireNonNull(table, "table is null");
  }
}
