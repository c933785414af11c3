// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.format.FormatException;
import io.dynavault.format.item.ReferencePage.Found;
import io.dynavault.format.item.ReferencePage.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScanPageProperties {
  /** JSON has them, Jackson takes some of them. */
  private static final Pattern LONE_SURROGATE =
      Pattern.compile(
          "(?i)\\\\ud[89ab]..(?!\\\\ud[c-f]..)|(?<!\\\\ud[89ab]..)\\\\ud[c-f]..", Pattern.DOTALL);

  private final ScanPage page = new ScanPage();

  @Property(tries = 300)
  void slicesWhatJacksonFinds(@ForAll("pages") byte[] body) {
    assertThat(parse(body)).isPresent().isEqualTo(ReferencePage.parse(body));
  }

  @Property(tries = 150)
  void slicesOrRefusesMutatedPagesLikeJackson(@ForAll("pages") byte[] body, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 50; i++) {
      byte[] mutated = Mutations.of(body, random);
      if (hasLoneSurrogate(new String(mutated, UTF_8))) {
        continue;
      }
      assertThat(parse(mutated))
          .as(() -> new String(mutated, UTF_8))
          .isEqualTo(ReferencePage.parse(mutated));
    }
  }

  @Property(tries = 10)
  void refusesEveryTruncatedPage(@ForAll("pages") byte[] body) {
    int end = new String(body, UTF_8).stripTrailing().getBytes(UTF_8).length;
    for (int length = 0; length < end; length++) {
      assertThat(parse(Arrays.copyOf(body, length))).as("length %d", length).isEmpty();
    }
  }

  private static boolean hasLoneSurrogate(String json) {
    String escapedBackslash = "\\\\";
    return LONE_SURROGATE.matcher(json.replace(escapedBackslash, "")).find();
  }

  @Example
  void anEscapedBackslashBeforeAnEscapeIsNoHalfOfAPair() {
    assertThat(hasLoneSurrogate("\\\\uDAF0\\udd47")).isTrue();
    assertThat(hasLoneSurrogate("\\uDAF0\\udd47")).isFalse();
  }

  private Optional<Found> parse(byte[] body) {
    try {
      page.parse(body, body.length);
    } catch (FormatException e) {
      return Optional.empty();
    }
    List<Slice> items = new ArrayList<>();
    for (int i = 0; i < page.itemCount(); i++) {
      items.add(new Slice(page.itemOffset(i), page.itemLength(i)));
    }
    return Optional.of(
        new Found(
            items,
            page.hasLastEvaluatedKey()
                ? Optional.of(
                    new Slice(page.lastEvaluatedKeyOffset(), page.lastEvaluatedKeyLength()))
                : Optional.empty()));
  }

  @Provide
  Arbitrary<byte[]> pages() {
    return PageArbitraries.pages();
  }
}
