// SPDX-License-Identifier: Apache-2.0
/**
 * Continuous backup by a function. The event of a stream is a trigger, not the source
 * (docs/decisions/0010): {@link io.dynavault.lambda.capture.CaptureFunction} captures the stream as
 * every other process does, and then says which records of the event are in the vault. A schedule
 * does the same without records, so that the window of a table that nobody changes goes on.
 */
@NullMarked
package io.dynavault.lambda.capture;

import org.jspecify.annotations.NullMarked;
