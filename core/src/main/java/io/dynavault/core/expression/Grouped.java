// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

/** A node that stood in parentheses; exists while parsing only, to find redundant ones. */
record Grouped(Node inner) implements Node {}
