// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ResponseBufferTest {
  @Test
  void forgetsTheAnswerBefore() throws IOException {
    ResponseBuffer buffer = new ResponseBuffer();
    buffer.fill(new ByteArrayInputStream(new byte[100]), 100);

    buffer.fill(new ByteArrayInputStream(new byte[3]), 3);

    assertThat(buffer.length()).isEqualTo(3);
  }

  @Test
  void keepsItsArrayForAnAnswerThatIsALittleLonger() throws IOException {
    ResponseBuffer buffer = new ResponseBuffer();
    buffer.fill(new ByteArrayInputStream(new byte[1_000_000]), 1_000_000);
    byte[] first = buffer.array();

    buffer.fill(new ByteArrayInputStream(new byte[1_010_000]), 1_010_000);

    assertThat(buffer.array()).isSameAs(first);
    assertThat(buffer.length()).isEqualTo(1_010_000);
  }

  @Test
  void refusesToHoldMoreThanAnyAnswerHas() {
    ResponseBuffer buffer = new ResponseBuffer();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 0;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return length;
          }
        };

    assertThatThrownBy(() -> buffer.fill(endless, -1))
        .isInstanceOf(IOException.class)
        .hasMessage("the answer is longer than 67108864 bytes");
    assertThatThrownBy(() -> buffer.fill(endless, Long.MAX_VALUE)).isInstanceOf(IOException.class);
  }
}
