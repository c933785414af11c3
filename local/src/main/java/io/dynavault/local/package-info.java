// SPDX-License-Identifier: Apache-2.0
/**
 * DynamoDB Local and an S3 server on this machine, for trying and testing, without Docker. Each
 * server is a child process with a class path of its own, so that its libraries never meet ours; it
 * listens on the loopback address only and ends with us: its standard input is the lifeline, which
 * the operating system cuts even when we are killed (see {@link io.dynavault.local.child}). The
 * class paths are resolved from Maven Central when the project is built and are not part of what we
 * distribute; the system property {@code dynavault.servers} or the environment variable {@code
 * DYNAVAULT_SERVERS} says where they are. The system property {@code dynavault.servers.flags} has
 * more flags for their JVMs.
 */
@NullMarked
package io.dynavault.local;

import org.jspecify.annotations.NullMarked;
