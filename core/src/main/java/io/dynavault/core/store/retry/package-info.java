/**
 * Goes on with reads that break while their bytes are arriving, the one fault that no client below
 * retries: a stream that is half consumed can only be repeated by who knows how much of it was
 * used.
 */
@NullMarked
package io.dynavault.core.store.retry;

import org.jspecify.annotations.NullMarked;
