// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

/** What a part of an expression is parsed into. */
sealed interface Node permits Condition, Operand, Grouped {}
