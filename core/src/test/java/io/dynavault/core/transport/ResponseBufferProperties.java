// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ResponseBufferProperties {
  @Property(tries = 200)
  void holdsTheWholeStreamWhateverWasAnnounced(
      @ForAll @IntRange(max = 5000) int length,
      @ForAll @IntRange(max = 300) int capacity,
      @ForAll @IntRange(min = -1, max = 6000) int hint,
      @ForAll long seed)
      throws IOException {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    ResponseBuffer buffer = new ResponseBuffer(capacity);

    buffer.fill(new ByteArrayInputStream(content), hint);

    assertThat(Arrays.copyOf(buffer.array(), buffer.length())).isEqualTo(content);
  }
}
