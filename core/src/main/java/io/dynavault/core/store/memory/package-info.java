/** A store in the memory of this process, for trying things and for tests. */
@NullMarked
package io.dynavault.core.store.memory;

import org.jspecify.annotations.NullMarked;
