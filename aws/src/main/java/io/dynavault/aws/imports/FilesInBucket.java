// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the files that an import of a place in a bucket would read, and sees that they are what is
 * said of them: an import of anything else fails, and leaves a table behind.
 */
public final class FilesInBucket {
  private final ObjectStore bucket;
  private final StoreLocation.Bucket place;
  private final Wanted wanted;

  /**
   * What is said of the files; what is empty is told by their names.
   *
   * @param bucketOwner the account that has the bucket, where it is another one
   */
  public record Wanted(
      Optional<ImportFormat> format,
      Optional<Compression> compression,
      CsvColumns csv,
      Optional<String> bucketOwner) {
    public Wanted {
      requireNonNull(format, "format is null");
      requireNonNull(compression, "compression is null");
      requireNonNull(csv, "csv is null");
      requireNonNull(bucketOwner, "bucketOwner is null");
    }
  }

  /** Objects whose keys begin alike. */
  private static final class Group {
    final String prefix;
    final Set<ImportFormat> formats = EnumSet.noneOf(ImportFormat.class);
    final Set<Compression> compressions = EnumSet.noneOf(Compression.class);
    boolean untold;
    long count;
    long bytes;
    Optional<String> first = Optional.empty();
    Optional<String> manifest = Optional.empty();

    Group(String prefix) {
      this.prefix = prefix;
    }

    void add(ObjectInfo info) {
      String name = info.key().substring(info.key().lastIndexOf('/') + 1);
      if (name.isEmpty()) {
        return; // a folder as consoles make them
      }
      count++;
      bytes += info.size();
      if (first.isEmpty() && info.size() > 0) {
        first = Optional.of(info.key());
      }
      if (name.startsWith("manifest-summary.") || name.startsWith("manifest-files.")) {
        manifest = Optional.of(info.key());
      }
      compressions.add(Compression.ofFileName(name));
      Optional<ImportFormat> told = formatOfName(name);
      told.ifPresent(formats::add);
      untold |= told.isEmpty();
    }
  }

  private FilesInBucket(ObjectStore bucket, StoreLocation.Bucket place, Wanted wanted) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.place = requireNonNull(place, "place is null");
    this.wanted = requireNonNull(wanted, "wanted is null");
  }

  /**
   * The files at a place: an object, a folder, or all keys that begin like this.
   *
   * @param bucket a store whose root is that of the bucket
   * @param keyNames names of the attributes of the table's key, which CSV must have as columns
   * @throws DynavaultException {@code OBJECT_NOT_FOUND} where there is nothing; {@code USAGE} where
   *     the files are of several kinds, or not of the kind that is said
   */
  public static ImportFiles find(
      ObjectStore bucket, StoreLocation.Bucket place, List<String> keyNames, Wanted wanted) {
    return new FilesInBucket(bucket, place, wanted).find(keyNames);
  }

  private ImportFiles find(List<String> keyNames) {
    Group group = group();
    if (group.manifest.isPresent()) {
      throw usage(
          "it is an export with its manifests, and AWS would import those, too",
          "give the folder of its data files, which ends in /data; or run: dynavault restore %s --via import --target-table NAME --key-schema KEY"
              .formatted(exportFolder(group.manifest.get())));
    }
    ImportFormat format = wanted.format().orElseGet(() -> format(group));
    Compression compression = wanted.compression().orElseGet(() -> compression(group));
    if (wanted.csv().areGiven() && format != ImportFormat.CSV) {
      throw usage(
          "--delimiter and --header are for CSV, and it is " + word(format), "leave them out");
    }
    if (group.first.isPresent()) {
      new FirstFile(group.first.get(), format, compression).check(keyNames);
    }
    return new ImportFiles(
        place.name(),
        group.prefix,
        wanted.bucketOwner(),
        format,
        compression,
        wanted.csv(),
        group.count,
        group.bytes);
  }

  private Group group() {
    String key = place.prefix();
    Group folder = new Group(key.isEmpty() ? "" : key + "/");
    Group object = new Group(key);
    Group alike = new Group(key);
    bucket.list(
        key,
        info -> {
          if (info.key().startsWith(folder.prefix)) {
            folder.add(info);
          } else if (info.key().equals(key)) {
            object.add(info);
          } else {
            alike.add(info);
          }
        });
    if (object.count == 1 && folder.count + alike.count > 0) {
      throw usage(
          "%d other objects begin with its name, and AWS would import them, too"
              .formatted(folder.count + alike.count),
          "put it into a folder of its own, and give that");
    }
    if (object.count == 1) {
      return object;
    }
    if (folder.count == 0 && alike.count == 0) {
      throw new DynavaultException(
          ErrorCode.OBJECT_NOT_FOUND,
          "unable to import '" + place + "': there are no files",
          "give the location of one file, of a folder, or what the names of several files begin"
              + " with");
    }
    return folder.count > 0 ? folder : alike;
  }

  private String exportFolder(String manifest) {
    return ImportFiles.location(
        place.name(), manifest.substring(0, Math.max(0, manifest.lastIndexOf('/'))));
  }

  private ImportFormat format(Group group) {
    if (group.formats.size() == 1 && !group.untold) {
      return group.formats.iterator().next();
    }
    throw usage(
        group.formats.size() > 1
            ? "its files have names of several formats, and AWS imports one at a time"
            : "the names of its files do not tell their format",
        "give it with --format csv, dynamodb-json or ion");
  }

  private Compression compression(Group group) {
    if (group.compressions.size() == 1) {
      return group.compressions.iterator().next();
    }
    throw usage(
        "some of its files have names of compressed ones, others have not",
        "give what all of them are with --compression none, gzip or zstd");
  }

  private static Optional<ImportFormat> formatOfName(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|zst|zstd)$", "");
    if (plain.endsWith(".csv")) {
      return Optional.of(ImportFormat.CSV);
    }
    if (plain.endsWith(".ion")) {
      return Optional.of(ImportFormat.ION);
    }
    return plain.matches(".*\\.(json|jsonl|ndjson)")
        ? Optional.of(ImportFormat.DYNAMODB_JSON)
        : Optional.empty();
  }

  private static String word(ImportFormat format) {
    return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private DynavaultException usage(String reason, String hint) {
    return new DynavaultException(
        ErrorCode.USAGE, "unable to import '%s': %s".formatted(place, reason), hint);
  }

  /** The first file that is not empty: what it begins with tells most mistakes. */
  private final class FirstFile {
    private static final int LOOK_AT = 64 * 1024;

    private final String key;
    private final ImportFormat format;
    private final Compression compression;

    FirstFile(String key, ImportFormat format, Compression compression) {
      this.key = key;
      this.format = format;
      this.compression = compression;
    }

    void check(List<String> keyNames) {
      String begin = begin();
      switch (format) {
        case DYNAMODB_JSON -> {
          if (!begin.stripLeading().matches("(?s)\\{\\s*\"Item\"\\s*:.*")) {
            throw usage(
                "'" + key + "' does not begin with a line {\"Item\":{...}}",
                "AWS imports DynamoDB JSON, not plain JSON: leave --via out to import that into a"
                    + " table that exists");
          }
        }
        case CSV -> requireKeys(begin, keyNames);
        case ION -> {
          if (!begin.contains("Item")) {
            throw usage(
                "'" + key + "' has no Item where it begins",
                "AWS imports Ion text of the form $ion_1_0 {Item:{...}}");
          }
        }
      }
    }

    private void requireKeys(String begin, List<String> keyNames) {
      List<String> names = new ArrayList<>(wanted.csv().header());
      if (names.isEmpty()) {
        String line = begin.lines().findFirst().orElse("");
        String delimiter = String.valueOf(wanted.csv().delimiter().orElse(','));
        for (String name : line.split(Pattern.quote(delimiter), -1)) {
          names.add(name.strip().replaceAll("^\"|\"$", ""));
        }
      }
      List<String> missing = keyNames.stream().filter(name -> !names.contains(name)).toList();
      if (!missing.isEmpty()) {
        throw usage(
            "'%s' has no column '%s', which is a key of the table"
                .formatted(key, String.join("', '", missing)),
            "check --key-schema and --delimiter; name the columns with --header where the first"
                + " line does not");
      }
    }

    private String begin() {
      try (InputStream stored = bucket.read(key);
          InputStream in = compression.decompress(stored)) {
        return new String(in.readNBytes(LOOK_AT), UTF_8);
      } catch (IOException | FormatException e) {
        throw new DynavaultException(
            ErrorCode.USAGE,
            "unable to import '%s': '%s' cannot be read as %s: %s"
                .formatted(place, key, compression.name().toLowerCase(Locale.ROOT), e.getMessage()),
            "give what it is with --compression none, gzip or zstd",
            e);
      }
    }
  }
}
