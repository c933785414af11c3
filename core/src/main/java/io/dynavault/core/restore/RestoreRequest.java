// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ItemContent;

/** What to restore, where to, and how. */
public record RestoreRequest(ItemContent content, RestoreTarget target, RestoreOptions options) {
  public RestoreRequest {
    requireNonNull(content, "content is null");
    requireNonNull(target, "target is null");
    requireNonNull(options, "options is null");
  }
}
