// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.compare.Fingerprint;
import io.dynavault.format.item.ItemKey;

/** An item of a sample: its key, and what it should be. */
record DrawnItem(ItemKey key, Fingerprint fingerprint) {
  DrawnItem {
    requireNonNull(key, "key is null");
    requireNonNull(fingerprint, "fingerprint is null");
  }
}
