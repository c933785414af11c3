// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import io.dynavault.core.export.NewFile;
import io.dynavault.core.job.Progress;
import io.dynavault.core.scan.PageConsumer;
import io.dynavault.core.scan.Segment;
import io.dynavault.format.item.ScanPage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the pages of one segment into data files. A file begins with the first item that needs it
 * and ends at the end of a page: when it has its size, when the segment ends, or when the run is
 * asked to stop. Confined to one thread.
 */
final class SegmentFiles implements PageConsumer, AutoCloseable {
  private final Segment segment;
  private final BackupExport export;
  private final long fileBytes;
  private final Progress progress;
  private Optional<String> startKey;
  private Optional<String> position;
  private @Nullable NewFile open;

  /**
   * @param startKey where an earlier run's files of the segment end; empty begins the segment
   */
  SegmentFiles(
      Segment segment,
      Optional<String> startKey,
      BackupExport export,
      long fileBytes,
      Progress progress) {
    this.segment = segment;
    this.startKey = startKey;
    this.position = startKey;
    this.export = export;
    this.fileBytes = fileBytes;
    this.progress = progress;
  }

  @Override
  public void page(ScanPage page, byte[] bytes) {
    long itemBytes = 0;
    for (int index = 0; index < page.itemCount(); index++) {
      NewFile file = open == null ? begin() : open;
      file.write(bytes, page.itemOffset(index), page.itemLength(index), page.itemSize(index));
      itemBytes += page.itemSize(index);
    }
    progress.add(page.itemCount(), itemBytes);
    position =
        page.hasLastEvaluatedKey() ? Optional.of(lastEvaluatedKey(page, bytes)) : Optional.empty();
    if (open != null && position.isPresent() && open.rawBytes() >= fileBytes) {
      end();
    }
  }

  /** Ends the file in work at the last page: the segment's end, or the place to go on from. */
  void finish() {
    end();
  }

  /** Discards what was not finished. */
  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  private NewFile begin() {
    NewFile file = export.newFile();
    open = file;
    return file;
  }

  private void end() {
    if (open == null) {
      return;
    }
    try (NewFile file = open) {
      open = null;
      export.finished(file.commit(), segment.number(), startKey, position);
    }
    startKey = position;
  }

  private static String lastEvaluatedKey(ScanPage page, byte[] bytes) {
    return new String(
        bytes,
        page.lastEvaluatedKeyOffset(),
        page.lastEvaluatedKeyLength(),
        StandardCharsets.UTF_8);
  }
}
