// SPDX-License-Identifier: Apache-2.0
/**
 * Which items an operation is about. {@link io.dynavault.core.expression.KeyFilter} chooses by
 * primary key without decoding items; {@link io.dynavault.core.expression.FilterExpression} is
 * DynamoDB's expression language, evaluated here over a recovery point's items as a Scan with the
 * same FilterExpression would; {@link io.dynavault.core.expression.ExpiryRule} drops what TTL would
 * have deleted. {@link io.dynavault.core.expression.ItemSelection} is all of them together and
 * knows whether an item has to be decoded to decide.
 *
 * <p>An expression is cut into tokens, parsed by recursive descent into {@code Condition} and
 * {@code Operand} nodes that evaluate themselves, and checked with its placeholders' values, all
 * before the first item is seen.
 */
@NullMarked
package io.dynavault.core.expression;

import org.jspecify.annotations.NullMarked;
