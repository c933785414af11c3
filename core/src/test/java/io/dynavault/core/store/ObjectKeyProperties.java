// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;

final class ObjectKeyProperties {

  @Property
  void ordersLikeTheBytesOfUtf8(@ForAll String left, @ForAll String right) {
    if (UTF_8.newEncoder().canEncode(left) && UTF_8.newEncoder().canEncode(right)) {
      int bytes = Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

      assertThat(Integer.signum(ObjectKey.ORDER.compare(left, right)))
          .isEqualTo(Integer.signum(bytes));
    }
  }

  @Property
  void ordersSurrogatesAboveThePrivateArea(
      @ForAll @CharRange(from = '\ue000', to = '\uffff') char bmp) {
    assertThat(ObjectKey.ORDER.compare("a" + bmp, "a\ud83d\ude00")).isNegative();
    assertThat(ObjectKey.ORDER.compare("a\ud83d\ude00", "a" + bmp)).isPositive();
  }

  @Property(tries = 5000)
  void aValidKeyStaysBelowItsRoot(
      @ForAll @Chars({'.', '/', '\\', 'a', '\0', '~', ':'}) String key) {
    if (ObjectKey.isValid(key)) {
      Path root = Path.of("/any/store");
      Path resolved = root.resolve(key).normalize();

      assertThat(resolved).startsWithRaw(root);
      assertThat(resolved.equals(root)).isFalse();
      assertThat(root.relativize(resolved).toString()).isEqualTo(key);
      assertThat(ObjectKey.checkPrefix(key)).isEqualTo(key);
    }
  }
}
