/**
 * The functions for AWS Lambda, each a handler of Lambda's Java runtimes: {@link
 * io.dynavault.lambda.BackupHandler}, {@link io.dynavault.lambda.RestoreHandler}, {@link
 * io.dynavault.lambda.CleanupHandler}, {@link io.dynavault.lambda.CsvLoaderHandler} and {@link
 * io.dynavault.lambda.CaptureHandler}. They are thin: what they do is done by core and aws, as a
 * command does it; what is theirs is the contract of events and answers, the clock that runs out,
 * and going on in another invocation.
 */
@NullMarked
package io.dynavault.lambda;

import org.jspecify.annotations.NullMarked;
