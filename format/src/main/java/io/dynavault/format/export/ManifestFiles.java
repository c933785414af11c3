// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.format.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads and writes {@code manifest-files.json}: JSON Lines, one {@link DataFile} a line, in no
 * order that means anything.
 */
public final class ManifestFiles {
  /** An S3 key has at most 1,024 bytes, six times that where all is escaped; the rest is small. */
  static final int MAX_LINE = 64 * 1024;

  private static final int MD5_BYTES = 16;

  private ManifestFiles() {}

  /** The whole file: each line ends in a line feed, also the last. */
  public static byte[] toJsonLines(List<DataFile> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 * (files.size() + 1));
    try {
      for (DataFile file : files) {
        writeLine(out, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  /**
   * Parses line by line; a line that is damaged is a FormatException with its number. Calls back
   * for each data file before the next line is read. The source stays open.
   */
  public static void parse(InputStream source, Consumer<DataFile> consumer) throws IOException {
    LineReader lines = new LineReader(new SourceDecoder(source), MAX_LINE);
    while (lines.next()) {
      try {
        consumer.accept(parseLine(lines));
      } catch (FormatException e) {
        throw new FormatException("line %d: %s".formatted(lines.lines(), e.getMessage()), e);
      }
    }
  }

  private static DataFile parseLine(LineReader lines) {
    ManifestJson json =
        ManifestJson.parse(lines.array(), lines.start(), lines.end() - lines.start());
    return new DataFile(
        json.count("itemCount"),
        md5(json.string("md5Checksum")),
        json.optionalString("etag").orElse(""),
        json.string("dataFileS3Key"));
  }

  private static String md5(String text) {
    try {
      if (Base64.getDecoder().decode(text).length == MD5_BYTES) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      throw new FormatException("'md5Checksum' is not Base64: " + Quoted.of(text), e);
    }
    throw new FormatException("'md5Checksum' is not an MD5 in Base64: " + Quoted.of(text));
  }

  private static void writeLine(ByteArrayOutputStream out, DataFile file) throws IOException {
    try (JsonGenerator json = ManifestJson.generator(out)) {
      json.writeStartObject();
      json.writeNumberField("itemCount", file.itemCount());
      json.writeStringField("md5Checksum", file.md5Checksum());
      json.writeStringField("etag", file.etag());
      json.writeStringField("dataFileS3Key", file.dataFileS3Key());
      json.writeEndObject();
    }
    out.write('\n');
  }

  /** Lines of a source that is not compressed. */
  private record SourceDecoder(InputStream source) implements Decoder {
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return source.read(target, offset, length);
    }

    @Override
    public void close() {}
  }
}
