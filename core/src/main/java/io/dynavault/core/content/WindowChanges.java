// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.core.chain.ChainSearch;
import io.dynavault.format.FormatException;
import io.dynavault.format.change.ChangeReader;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.KeyScan;
import io.dynavault.format.item.KeySchema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of incremental exports. A later window decides, and in one window, which has one
 * change of each key where AWS has made it, the later write.
 *
 * @param windows oldest first
 */
record WindowChanges(List<ExportContent> windows, KeySchema keys) implements ChangeSource {
  /** Of a rank; microseconds of twelve days have room in them. */
  private static final int TIME_BITS = 40;

  WindowChanges {
    windows = List.copyOf(windows);
  }

  @Override
  public long changes() {
    return windows.stream().mapToLong(ExportContent::itemCount).sum();
  }

  @Override
  public int files() {
    return windows.stream().mapToInt(window -> window.export().files().size()).sum();
  }

  @Override
  public void readBackwards(int from, int to, FileReader reader) throws InterruptedException {
    List<File> files = listed();
    for (int number = to - 1; number >= from; number--) {
      reader.read(files.get(number));
    }
  }

  private List<File> listed() {
    List<File> files = new ArrayList<>();
    for (int number = 0; number < windows.size(); number++) {
      ExportContent window = windows.get(number);
      long firstRank = (long) number << TIME_BITS;
      for (ExportFile file : window.export().files()) {
        files.add(taker -> read(window, file, firstRank, taker));
      }
    }
    return files;
  }

  @Override
  public void requireFiles() {
    windows.forEach(ExportContent::requireFiles);
  }

  private void read(ExportContent window, ExportFile file, long firstRank, Taker taker) {
    ExportSpan span = window.export().summary().span();
    Instant from = span instanceof ExportSpan.Window known ? known.from() : ChainSearch.end(span);
    SameKey same = new SameKey(keys);
    window.readChanges(
        file,
        change -> {
          same.require(change);
          long rank = firstRank + sinceStart(change.writeMicros(), from);
          if (taker.change(change.array(), change.keys(), rank)) {
            taker.image(change.array(), change.newImage());
          }
        });
  }

  /** Times outside of the window are not AWS's; they do not outrank another window. */
  private static long sinceStart(long micros, Instant from) {
    long start = Duration.between(Instant.EPOCH, from).toMillis() * 1000;
    return Math.max(0, Math.min(micros - start, (1L << TIME_BITS) - 1));
  }

  /** Sees that images have the keys of their changes. */
  private static final class SameKey {
    private final KeyScan keys;
    private byte[] bytes = {};
    private int length;

    SameKey(KeySchema schema) {
      keys = new KeyScan(schema);
    }

    void require(ChangeReader change) {
      ChangeLine.@Nullable Slice image = change.newImage();
      if (image == null) {
        return;
      }
      ChangeLine.Slice key = change.keys();
      keys.read(change.array(), key.offset(), key.length());
      length = keys.length();
      if (bytes.length < length) {
        bytes = new byte[2 * length];
      }
      System.arraycopy(keys.bytes(), 0, bytes, 0, length);
      keys.read(change.array(), image.offset(), image.length());
      if (!Arrays.equals(bytes, 0, length, keys.bytes(), 0, keys.length())) {
        throw new FormatException("a change has another key than its image");
      }
    }
  }
}
