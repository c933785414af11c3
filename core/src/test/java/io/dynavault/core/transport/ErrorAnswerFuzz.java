// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ErrorAnswerFuzz {
  @Property
  void anyBytesGiveSomeAnswer(@ForAll byte[] body) {
    assertThat(ErrorAnswer.parse(400, body, body.length).kind())
        .isEqualTo(ErrorAnswer.Kind.FOREIGN);
  }

  @Property
  void anyTextGivesAMessageOfOneLine(@ForAll String text) {
    assertThat(Printable.text(text)).hasSizeLessThanOrEqualTo(510).doesNotContain("\n", "\u001b");
  }

  @Property
  void anErrorThatIsCutAnywhereGivesSomeAnswer(@ForAll int where) {
    byte[] whole =
        "{\"__type\":\"ns#ValidationException\",\"message\":\"m\"}"
            .getBytes(StandardCharsets.UTF_8);
    int length = Math.floorMod(where, whole.length);

    assertThat(ErrorAnswer.parse(400, whole, length).kind()).isEqualTo(ErrorAnswer.Kind.FOREIGN);
  }
}
