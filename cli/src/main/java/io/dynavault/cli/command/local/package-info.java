// SPDX-License-Identifier: Apache-2.0
/**
 * Commands that need nothing but this machine: DynamoDB Local and an S3 server run as child
 * processes, to try things out without an account.
 */
@NullMarked
package io.dynavault.cli.command.local;

import org.jspecify.annotations.NullMarked;
