/**
 * A store in a folder. An object is a file; its bytes are written to {@code .dynavault/uploads},
 * forced to disk and only then moved or linked to their name, so that no reader and no crash meets
 * a part of an object. Changes of one key take turns by a file lock below {@code .dynavault/locks},
 * across threads and processes. A killed process leaves at most a file in {@code
 * .dynavault/uploads}; locks end with their process. {@code .dynavault/reserve} is room that a
 * deletion can have when the disk is full.
 *
 * <p>Symbolic links below the root are refused, not followed: they could lead out of the store, and
 * leaving them out of a listing would make objects vanish in silence.
 */
@NullMarked
package io.dynavault.core.store.local;

import org.jspecify.annotations.NullMarked;
