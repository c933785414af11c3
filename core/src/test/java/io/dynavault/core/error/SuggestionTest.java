// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {

  @Test
  void countsInsertionsDeletionsSubstitutionsAndSwaps() {
    assertThat(Suggestion.distance("", "")).isZero();
    assertThat(Suggestion.distance("abc", "")).isEqualTo(3);
    assertThat(Suggestion.distance("backup", "bakup")).isEqualTo(1);
    assertThat(Suggestion.distance("backup", "backups")).isEqualTo(1);
    assertThat(Suggestion.distance("backup", "bockup")).isEqualTo(1);
    assertThat(Suggestion.distance("backup", "bakcup")).isEqualTo(1);
  }

  @Test
  void findsTheNearestWord() {
    assertThat(Suggestion.nearest("restor", List.of("backup", "restore", "list")))
        .contains("restore");
    assertThat(Suggestion.phrase("restor", List.of("restore")))
        .isEqualTo(" (did you mean 'restore'?)");
  }

  @Test
  void saysNothingWhenNothingIsNear() {
    assertThat(Suggestion.nearest("frobnicate", List.of("backup", "restore"))).isEmpty();
    assertThat(Suggestion.phrase("frobnicate", List.of("backup"))).isEmpty();
  }
}
