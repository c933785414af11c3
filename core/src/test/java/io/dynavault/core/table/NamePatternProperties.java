// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NamePatternProperties {
  @Property
  void matchesAsTheSamePatternWrittenAsARegularExpression(
      @ForAll("patterns") String pattern, @ForAll("names") String name) {
    String regex = pattern.replace(".", "\\.").replace("*", ".*").replace("?", ".");

    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(Pattern.matches(regex, name));
  }

  @Example
  void aPatternOfManyStarsEndsSoon() {
    String stars = "*a".repeat(100) + "*b";

    assertThat(new NamePattern(stars).matches("a".repeat(255))).isFalse();
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab.*?").ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("ab.").ofMaxLength(8);
  }
}
