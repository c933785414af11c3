/**
 * Backs tables up, day by day: {@link io.dynavault.lambda.backup.TableChoice} says which, a {@link
 * io.dynavault.lambda.backup.BackupMethod} advances each of them a step at a time, and the {@link
 * io.dynavault.lambda.backup.DayManifest} of the day tells how far each is. It lies in the vault,
 * so that the next invocation goes on where this one ends, and so that a request which comes twice
 * is done once. A second request of a day adds to the manifest what it does; it takes nothing away.
 */
@NullMarked
package io.dynavault.lambda.backup;

import org.jspecify.annotations.NullMarked;
