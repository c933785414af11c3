/**
 * Keys that occur more than once among any number of items, in bounded memory: the hashes of all
 * keys are spooled, repeated ones are told, and whoever wants to know whether the keys are really
 * the same, and where they are, reads the items once more and looks for those few.
 */
@NullMarked
package io.dynavault.core.duplicate;

import org.jspecify.annotations.NullMarked;
