// SPDX-License-Identifier: Apache-2.0
/**
 * What runs inside the child processes, first on the class path of the server. It uses nothing but
 * the JDK and reaches the server by reflection, because the server's classes exist only there. The
 * protocol with the parent: the child prints one line, {@code port <n>}, on standard output when
 * the server listens; it ends when its standard input ends, and deletes its working folder then.
 */
@NullMarked
package io.dynavault.local.child;

import org.jspecify.annotations.NullMarked;
