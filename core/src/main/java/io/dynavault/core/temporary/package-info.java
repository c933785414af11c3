// SPDX-License-Identifier: Apache-2.0
/**
 * Files that a run needs only while it works, and that hold keys or items. They are in a folder
 * that only its owner may enter, which goes when the run ends, however it ends, and when the JVM is
 * shut down. Only a process that is killed leaves its folder behind; the lock that it held on a
 * file in there ends with it, and so the next process of the same user that needs such a folder
 * knows that nobody uses the old one any more, and removes it.
 */
@NullMarked
package io.dynavault.core.temporary;

import org.jspecify.annotations.NullMarked;
