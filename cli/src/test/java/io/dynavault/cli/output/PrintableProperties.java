// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PrintableProperties {

  @Property
  void resultNeverHoldsAControlCharacter(@ForAll String text) {
    assertThat(Printable.escape(text).codePoints())
        .noneMatch(character -> Character.isISOControl(character))
        .noneMatch(character -> Character.getType(character) == Character.FORMAT);
  }
}
