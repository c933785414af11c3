// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compact;

import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.export.NewExport;
import io.dynavault.core.export.NewFile;
import io.dynavault.core.export.WrittenFile;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Writes items, wherever they come from, into the data files of a new export. Several workers take
 * part after part, and each fills files of its own.
 */
final class ContentFiles {
  private final NewExport export;
  private final long fileBytes;
  private final RunContext context;
  private final List<WrittenFile> written = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param fileBytes uncompressed bytes after which a file is ended
   */
  ContentFiles(NewExport export, long fileBytes, RunContext context) {
    this.export = export;
    this.fileBytes = fileBytes;
    this.context = context;
  }

  /** Writes all items; returns the files, at least one. */
  List<WrittenFile> write(ItemContent content, int workers) throws InterruptedException {
    Queue<ContentPart> parts = new ConcurrentLinkedQueue<>(content.parts());
    Callable<Boolean> worker =
        () -> {
          try (Worker files = new Worker()) {
            for (ContentPart part = parts.poll(); part != null; part = parts.poll()) {
              part.read(files::add);
            }
            files.end();
          }
          return true;
        };
    new Parallel("compact", workers).run(Collections.nCopies(workers, worker));
    if (written.isEmpty()) {
      written.add(export.emptyFile());
    }
    return List.copyOf(written);
  }

  /** The file in work of one thread. */
  private final class Worker implements AutoCloseable {
    private @Nullable NewFile open;

    void add(byte[] json, int offset, int length, int itemSize) throws InterruptedException {
      if (context.stop().isRequested()) {
        throw context.stop().interrupted("compaction");
      }
      NewFile file = open == null ? begin() : open;
      file.write(json, offset, length, itemSize);
      context.progress().add(1, itemSize);
      if (file.rawBytes() >= fileBytes) {
        end();
      }
    }

    private NewFile begin() {
      NewFile file = export.newFile();
      open = file;
      return file;
    }

    void end() {
      if (open == null) {
        return;
      }
      try (NewFile file = open) {
        open = null;
        WrittenFile whole = file.commit();
        written.add(whole);
        context.progress().addStored(whole.stored().size());
      }
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
        open = null;
      }
    }
  }
}
