// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Percentage;

class ByteSizeProperties {

  @Property
  void whatIsWrittenIsReadWithinHalfAPercent(
      @ForAll @LongRange(min = 0, max = 999_000_000_000_000L) long bytes) {
    assertThat((double) ByteSize.parse(ByteSize.text(bytes)))
        .isCloseTo((double) bytes, Percentage.withPercentage(0.51));
  }
}
