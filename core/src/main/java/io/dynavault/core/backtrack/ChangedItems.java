// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.temporary.TemporaryFolder;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyHash;
import io.dynavault.format.item.KeyReader;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The items that have changed since a time: what each was then, and what it is after its last
 * change. Changes are added by several threads, in any order; then they are handed out. They lie in
 * temporary files by the hash of their keys, so that memory holds the keys of one part at a time
 * and no images, whatever their number.
 */
public final class ChangedItems implements WantedItems, AutoCloseable {
  private static final int PARTITIONS = 256;
  private static final int BUFFER = 16 * 1024;

  private final BacktrackRequest request;
  private final KeyReader keys;
  private final TemporaryFolder folder;
  private final @Nullable DataOutputStream[] outputs = new DataOutputStream[PARTITIONS];
  private int nextPartition;
  private Iterator<Map.Entry<ItemKey, KeyHistory>> current = Collections.emptyIterator();
  private @Nullable RandomAccessFile images;

  ChangedItems(BacktrackRequest request, KeyReader keys) {
    this.request = requireNonNull(request, "request is null");
    this.keys = requireNonNull(keys, "keys is null");
    try {
      folder = TemporaryFolder.create();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** One part of a text. */
  record Slice(int offset, int length) {
    static final Slice NONE = new Slice(0, SpooledChange.NONE);
  }

  /**
   * Where a change stands among all of them, and when it was.
   *
   * @param expired whether DynamoDB removed the item because it had expired
   */
  record Place(long commit, long line, long micros, boolean expired) {}

  /**
   * Adds a change, if its key is chosen.
   *
   * @param text has key and images
   */
  void add(Place place, byte[] text, Slice key, Slice oldImage, Slice newImage) {
    ItemKey itemKey = keys.read(text, key.offset(), key.length());
    if (request.selection().keys().filter(filter -> !filter.matches(itemKey)).isPresent()) {
      return;
    }
    SpooledChange change =
        new SpooledChange(
            place.commit(),
            place.line(),
            place.micros(),
            place.expired(),
            key.length(),
            oldImage.length(),
            newImage.length());
    int partition = (int) (KeyHash.of(itemKey) >>> 56);
    try {
      DataOutputStream out = output(partition);
      synchronized (out) {
        change.write(out);
        for (Slice slice : List.of(key, oldImage, newImage)) {
          out.write(text, slice.offset(), Math.max(0, slice.length()));
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Ends adding. */
  void finish() {
    closeOutputs();
  }

  /** Not known before all is handed out. */
  @Override
  public long size() {
    return 0;
  }

  @Override
  public synchronized List<Wanted> next() {
    List<Wanted> some = new ArrayList<>();
    long bytes = 0;
    try {
      while (some.size() < LiveItems.MOST_KEYS && bytes < MOST_BYTES && advance()) {
        Map.Entry<ItemKey, KeyHistory> entry = current.next();
        KeyHistory history = entry.getValue();
        if (history.isWanted()) {
          bytes += Math.max(0, history.target().length()) + Math.max(0, history.known().length());
          some.add(
              new Wanted(
                  entry.getKey(),
                  image(history.target()),
                  image(history.known()),
                  history.keep(request),
                  history.isExpired()));
        }
      }
      return some;
    } catch (IOException e) {
      throw failed(e);
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to read what an item was: " + e.getMessage(),
          "leave its key out; see what is affected with: dynavault verify",
          e);
    }
  }

  /** Whether there is a next key, in this partition or one of those that follow. */
  private boolean advance() throws IOException {
    while (!current.hasNext() && nextPartition < PARTITIONS) {
      closeImages();
      int partition = nextPartition++;
      if (Files.exists(file(partition))) {
        current = histories(partition).entrySet().iterator();
        images = new RandomAccessFile(file(partition).toFile(), "r");
      }
    }
    return current.hasNext();
  }

  private Map<ItemKey, KeyHistory> histories(int partition) throws IOException {
    Map<ItemKey, KeyHistory> histories = new HashMap<>();
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(file(partition)), BUFFER))) {
      long offset = 0;
      for (SpooledChange change = SpooledChange.read(in);
          change != null;
          change = SpooledChange.read(in)) {
        offset += SpooledChange.BYTES;
        byte[] key = in.readNBytes(change.keyLength());
        in.skipNBytes(change.textBytes() - key.length);
        histories
            .computeIfAbsent(keys.read(key, 0, key.length), unused -> new KeyHistory())
            .add(change, offset, request);
        offset += change.textBytes();
      }
    }
    return histories;
  }

  private Optional<Item> image(KeyHistory.Image image) throws IOException {
    if (image.length() == SpooledChange.NONE || images == null) {
      return Optional.empty();
    }
    byte[] json = new byte[image.length()];
    images.seek(image.offset());
    images.readFully(json);
    return Optional.of(DynamoDbJson.decode(json));
  }

  @Override
  public synchronized void close() {
    try {
      closeImages();
      closeOutputs();
    } catch (IOException e) {
      throw failed(e);
    } finally {
      delete();
    }
  }

  private void closeImages() throws IOException {
    if (images != null) {
      images.close();
      images = null;
    }
  }

  private synchronized DataOutputStream output(int partition) throws IOException {
    DataOutputStream output = outputs[partition];
    if (output == null) {
      output =
          new DataOutputStream(
              new BufferedOutputStream(Files.newOutputStream(file(partition)), BUFFER));
      outputs[partition] = output;
    }
    return output;
  }

  /** Closes all, also behind one that fails: on a full disk many do. */
  private synchronized void closeOutputs() {
    IOException failure = null;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      DataOutputStream output = outputs[partition];
      outputs[partition] = null;
      try {
        if (output != null) {
          output.close();
        }
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failed(failure);
    }
  }

  private void delete() {
    try {
      folder.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Path file(int partition) {
    return folder.file(Integer.toString(partition));
  }

  private static DynavaultException failed(IOException cause) {
    return TemporaryFolder.failed("find what has changed", cause);
  }
}
