// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import io.dynavault.core.error.DynavaultException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.function.Function;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A response's body. Closed early it drops the connection: closing the SDK's stream would first
 * read the rest of the object.
 */
final class S3Body extends FilterInputStream {
  private final ResponseInputStream<?> body;
  private final Function<SdkException, DynavaultException> damaged;
  private long rest;

  S3Body(
      ResponseInputStream<?> body,
      long length,
      Function<SdkException, DynavaultException> damaged) {
    super(body);
    this.body = body;
    this.rest = length;
    this.damaged = damaged;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int read = super.read(buffer, offset, length);
      rest -= Math.max(read, 0);
      return read;
    } catch (AbortedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (SdkException e) {
      throw damaged.apply(e); // only the SDK's comparison of checksums throws here
    }
  }

  @Override
  public void close() throws IOException {
    if (rest > 0) {
      body.abort();
    } else {
      super.close();
    }
  }
}
