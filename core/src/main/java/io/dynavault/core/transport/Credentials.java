// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The credentials that requests are signed with: the SDK's provider chain, which can be made to
 * look again after the service refused what it had.
 */
final class Credentials implements AwsCredentialsProvider, AutoCloseable {

  /** Credentials and the provider they came from. */
  record Resolved(AwsCredentials identity, AwsCredentialsProvider provider) {}

  private final Supplier<AwsCredentialsProvider> chain;
  private final Queue<AwsCredentialsProvider> opened = new ConcurrentLinkedQueue<>();
  private volatile AwsCredentialsProvider current;

  /**
   * @param chain makes a provider that has nothing cached; those of the SDK's chain are closed here
   */
  Credentials(Supplier<AwsCredentialsProvider> chain) {
    this.chain = chain;
    this.current = open();
  }

  /** A profile that is named goes before environment variables, as in the AWS CLI. */
  static Credentials of(EndpointConfig config) {
    if (config.credentials().isPresent()) {
      return new Credentials(config.credentials()::get);
    }
    return new Credentials(
        () ->
            config
                .profile()
                .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build()));
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return resolve().identity();
  }

  /**
   * @throws DynavaultException {@link ErrorCode#CREDENTIALS} if there are none
   */
  Resolved resolve() {
    AwsCredentialsProvider provider = current;
    try {
      return new Resolved(provider.resolveCredentials(), provider);
    } catch (SdkException e) {
      throw new DynavaultException(
          ErrorCode.CREDENTIALS,
          "unable to find AWS credentials: "
              + Printable.text(SdkErrors.withoutProviders(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** Makes the next {@link #resolve} look afresh, unless another thread saw to it meanwhile. */
  synchronized void refresh(Resolved refused) {
    if (current == refused.provider()) {
      current = open();
    }
  }

  private AwsCredentialsProvider open() {
    AwsCredentialsProvider provider = chain.get();
    opened.add(provider); // stays open until the end: other threads may still resolve with it
    return provider;
  }

  @Override
  public void close() {
    for (AwsCredentialsProvider provider : opened) {
      if (provider instanceof DefaultCredentialsProvider closeable) {
        closeable.close();
      } else if (provider instanceof ProfileCredentialsProvider closeable) {
        closeable.close();
      }
    }
  }
}
