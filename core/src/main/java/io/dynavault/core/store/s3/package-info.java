/**
 * A store in an S3 bucket, or in any server that speaks S3. Small objects are one PutObject;
 * uploads collect one part at a time in memory and go out as a multipart upload once they exceed
 * it. Who wins a key is decided by S3's conditional writes ({@code If-None-Match: *}, {@code
 * If-Match}); a version is an ETag.
 *
 * <p>Every body carries its CRC-32, computed as the bytes come in, which S3 checks and answers.
 * Requests are repeated by the SDK alone; see the parent package on retries. A killed process
 * leaves at most an unfinished multipart upload.
 */
@NullMarked
package io.dynavault.core.store.s3;

import org.jspecify.annotations.NullMarked;
