// SPDX-License-Identifier: Apache-2.0
/**
 * Signed DynamoDB requests and answers as raw bytes, on the SDK's HTTP client, credentials and
 * region resolution; the signer is our own. It retries transport faults; protocol outcomes are the
 * engine's business.
 */
@NullMarked
package io.dynavault.core.transport;

import org.jspecify.annotations.NullMarked;
