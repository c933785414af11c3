// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * How often the SDK sent a request. A refusal of the first attempt is S3's answer; one of a later
 * attempt may be due to an earlier attempt that was carried out and whose answer was lost.
 */
final class AttemptCount {
  private static final ExecutionAttribute<AttemptCount> ATTRIBUTE =
      new ExecutionAttribute<>("DynavaultAttemptCount");

  private final AtomicInteger sent = new AtomicInteger();

  boolean isRepeated() {
    return sent.get() > 1;
  }

  /** Counts the attempts of the request that is configured so. */
  void count(AwsRequestOverrideConfiguration.Builder overrides) {
    overrides.putExecutionAttribute(ATTRIBUTE, this);
  }

  /** Belongs to the client. */
  static final class Interceptor implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      AttemptCount count = attributes.getAttribute(ATTRIBUTE);
      if (count != null) {
        count.sent.incrementAndGet();
      }
    }
  }
}
