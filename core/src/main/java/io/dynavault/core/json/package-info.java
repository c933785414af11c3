/**
 * JSON documents of a vault: read strictly and within bounds, written in one way. A document that
 * is not what its format demands is a {@link io.dynavault.format.FormatException} that names the
 * field; for an object of a store it becomes {@code DAMAGED} with the object's key.
 */
@NullMarked
package io.dynavault.core.json;

import org.jspecify.annotations.NullMarked;
