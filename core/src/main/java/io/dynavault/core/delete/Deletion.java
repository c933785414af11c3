// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import io.dynavault.core.vault.RecoveryPoint;

/** A deletion that happened. */
public record Deletion(RecoveryPoint point, int objects) {}
