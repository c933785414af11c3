// SPDX-License-Identifier: Apache-2.0
/**
 * Continuous backup against a model. A {@link io.dynavault.testing.model.CapturedWorld} has a table
 * that is written at random, by requests of every kind, in a time that passes when somebody waits;
 * {@link io.dynavault.testing.model.KnownItems} knows what the table held at every second. Captures
 * of it are killed, frozen, replaced and lied to, and then every second of every window must be
 * what was known, and every change must be in its chain once.
 *
 * <p>The items are those of DynamoDB Local, and so are the images in its stream; seconds, splits
 * and delays, which it does not have, are those of a {@link
 * io.dynavault.testing.stream.ScriptedStream} that its records go through.
 */
@NullMarked
package io.dynavault.testing.model;

import org.jspecify.annotations.NullMarked;
