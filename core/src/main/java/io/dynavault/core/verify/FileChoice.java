// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Which data files of an export are read. */
final class FileChoice {
  private final VerifyLevel level;
  private final double percent;
  private final RandomGenerator random;

  FileChoice(VerifyRequest request, RandomGenerator random) {
    this.level = request.level();
    this.percent = request.samplePercent();
    this.random = requireNonNull(random, "random is null");
  }

  /** All, none or a sample of at least one; in a sample every file has the same chance. */
  List<ExpectedFile> of(List<ExpectedFile> files) {
    if (!level.includes(VerifyLevel.CHECKSUMS)) {
      return List.of();
    }
    if (percent == 100) {
      return files;
    }
    int count = (int) Math.ceil(files.size() * percent / 100);
    List<ExpectedFile> shuffled = new ArrayList<>(files);
    for (int at = 0; at < count; at++) {
      Collections.swap(shuffled, at, random.nextInt(at, shuffled.size()));
    }
    List<ExpectedFile> chosen = new ArrayList<>(shuffled.subList(0, count));
    chosen.sort(Comparator.comparing(ExpectedFile::key));
    return chosen;
  }
}
