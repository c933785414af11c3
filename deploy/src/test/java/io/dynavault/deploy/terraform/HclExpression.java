// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import org.jspecify.annotations.Nullable;

/** An expression of a configuration; its value is a string, number, boolean, list, map or null. */
@FunctionalInterface
interface HclExpression {
  @Nullable Object evaluate(HclScope scope);
}
