/**
 * Where bytes live: one small interface over a folder, an S3 bucket or memory. Objects are written
 * once; what must not overlap is decided by conditional puts.
 *
 * <p>Each fault is retried in one layer. Requests to S3: the SDK's client, in its standard mode
 * with a bound; around it only what the SDK cannot see is repeated, which is one more call with new
 * credentials when a token expired. A body that breaks while it is read, which the SDK does not
 * cover: {@link io.dynavault.core.store.retry.RetryingStore} goes on at the byte reached. The local
 * file system: nothing, its errors do not pass by waiting. Nobody above retries store calls.
 */
@NullMarked
package io.dynavault.core.store;

import org.jspecify.annotations.NullMarked;
