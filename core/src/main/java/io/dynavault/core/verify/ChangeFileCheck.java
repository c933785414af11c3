// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.FormatException;
import io.dynavault.format.change.ChangeFileReader;
import io.dynavault.format.change.ChangeTally;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads change files whole: checksum, number, form and times of their changes, and at level DATA
 * that keys and images are of one item. Safe for several threads.
 */
final class ChangeFileCheck {
  private final ObjectStore store;
  private final Optional<KeyReader> keys;
  private final SecondLook second;
  private final RunContext context;

  /**
   * @param keys where keys are looked at
   */
  ChangeFileCheck(
      ObjectStore store, Optional<KeyReader> keys, SecondLook second, RunContext context) {
    this.store = requireNonNull(store, "store is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.second = requireNonNull(second, "second is null");
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * What was found out about a file.
   *
   * @param tally what it holds, where it is whole
   */
  record Report(Optional<ChangeTally> tally, List<Finding> findings) {}

  Report check(ChangeFile file) throws InterruptedException {
    return second.look(() -> read(file), report -> report.findings().isEmpty());
  }

  private Report read(ChangeFile file) throws InterruptedException {
    FileCheck.requireNotStopped(context);
    try (ObjectDownload in = store.read(file.key());
        ChangeFileReader reader =
            ChangeFileReader.open(in, file.key(), file.changes(), file.checksum().value())) {
      while (reader.next()) {
        keys.ifPresent(schema -> requireOneItem(schema, reader));
      }
      context.progress().addStored(file.size());
      return compare(file, reader.tally());
    } catch (FormatException e) {
      return damaged(file, reason(file, e));
    } catch (DynavaultException e) {
      return damaged(file, SecondLook.reason(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireOneItem(KeyReader schema, ChangeFileReader reader) {
    ChangeLine.Slice keys = reader.keys();
    ItemKey key = schema.read(reader.array(), keys.offset(), keys.length());
    for (ChangeLine.@Nullable Slice image :
        new ChangeLine.@Nullable Slice[] {reader.oldImage(), reader.newImage()}) {
      if (image != null
          && !schema.read(reader.array(), image.offset(), image.length()).equals(key)) {
        throw new FormatException(
            "line %d: a change has another key than its image".formatted(reader.lineNumber()));
      }
    }
  }

  private static Report compare(ChangeFile file, ChangeTally tally) {
    boolean timely =
        time(tally.firstMicros()).equals(file.firstTime())
            && time(tally.lastMicros()).equals(file.lastTime());
    return timely
        ? new Report(Optional.of(tally), List.of())
        : new Report(
            Optional.of(tally),
            List.of(
                Finding.error(
                    file.key(),
                    "its changes have other times than its commit says",
                    Remedies.WRITER_AT_FAULT)));
  }

  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static Report damaged(ChangeFile file, String what) {
    return new Report(
        Optional.empty(), List.of(Finding.error(file.key(), what, Remedies.changeFile())));
  }

  /** The reason alone: the finding says which file it is. */
  private static String reason(ChangeFile file, FormatException failure) {
    String text = String.valueOf(failure.getMessage());
    int at = text.indexOf("'" + file.key() + "': ");
    return at < 0 ? text : text.substring(at + file.key().length() + 4);
  }
}
