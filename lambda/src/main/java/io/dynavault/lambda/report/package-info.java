/**
 * Telling how an invocation has ended: to the topic, and as metrics in the log. Whoever cannot be
 * told changes nothing about the outcome; it is noted in the log.
 */
@NullMarked
package io.dynavault.lambda.report;

import org.jspecify.annotations.NullMarked;
