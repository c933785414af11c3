/**
 * What only AWS can do with the backups that it keeps: say whether they are still there, and delete
 * them. {@link io.dynavault.core.managed.ManagedBackups} is implemented outside of the engine,
 * which knows of such backups by their records alone.
 */
@NullMarked
package io.dynavault.core.managed;

import org.jspecify.annotations.NullMarked;
