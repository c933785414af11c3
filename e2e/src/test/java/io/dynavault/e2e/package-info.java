// SPDX-License-Identifier: Apache-2.0
/**
 * What a user sees of Dynavault: each class is one behaviour, shown by runs of the packaged
 * launcher as a process of its own, against a real DynamoDB Local and a real S3 server.
 *
 * <p>A {@link io.dynavault.e2e.Sandbox} gives a test a folder, tables and a {@link
 * io.dynavault.e2e.Launcher} whose environment has nothing but what the test gives it. Every run is
 * checked for leaked credentials, whatever else the test looks at.
 */
@NullMarked
package io.dynavault.e2e;

import org.jspecify.annotations.NullMarked;
