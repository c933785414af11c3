// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.Compression;
import io.dynavault.format.item.CsvFormat;
import io.dynavault.format.item.CsvItemReader;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.DynamoDbJsonReader;
import io.dynavault.format.item.IonItemReader;
import io.dynavault.format.item.ItemReader;
import io.dynavault.format.item.ScalarType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the objects of an import as AWS does: all whose keys begin with the prefix, whatever their
 * names end in. What cannot be read ends its object; items without a key are counted and left out;
 * of items that share a key the last one wins.
 */
final class ImportFiles {
  private final ObjectStore bucket;
  private final JsonNode request;
  private final Map<String, ScalarType> types = new HashMap<>();
  private final List<String> keys = new ArrayList<>();
  private final Map<String, JsonNode> items = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private long processed;
  private long bytes;

  /** A line that was not imported. */
  record Problem(String key, int index, String message) {}

  /**
   * @param bucket whose root is that of the bucket
   * @param request the members of ImportTable
   */
  ImportFiles(ObjectStore bucket, JsonNode request) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.request = requireNonNull(request, "request is null");
    JsonNode table = request.path("TableCreationParameters");
    for (JsonNode attribute : table.path("AttributeDefinitions")) {
      types.put(
          attribute.path("AttributeName").asText(),
          ScalarType.valueOf(attribute.path("AttributeType").asText()));
    }
    table.path("KeySchema").forEach(key -> keys.add(key.path("AttributeName").asText()));
  }

  ImportFiles read() {
    Map<String, Long> found = new TreeMap<>();
    bucket.list(
        request.path("S3BucketSource").path("S3KeyPrefix").asText(""),
        info -> found.put(info.key(), info.size()));
    found.keySet().forEach(this::read);
    return this;
  }

  List<JsonNode> items() {
    return List.copyOf(items.values());
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  long processed() {
    return processed;
  }

  /** Items that were taken; those that share a key count each. */
  long imported() {
    return processed - problems.size();
  }

  /** Without compression. */
  long bytes() {
    return bytes;
  }

  private void read(String key) {
    Compression compression =
        Compression.valueOf(request.path("InputCompressionType").asText("NONE"));
    int index = 0;
    try (InputStream stored = bucket.read(key);
        InputStream in = compression.decompress(stored);
        ItemReader reader = reader(in)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        JsonNode item = Wire.parse(DynamoDbJson.encode(next.get()));
        processed++;
        bytes += Wire.bytes(Wire.object().set("Item", item)).length + 1L;
        take(key, index, item);
        index++;
      }
    } catch (FormatException e) {
      processed++;
      problems.add(new Problem(key, index, "unable to read: " + e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String key, int index, JsonNode item) {
    for (Map.Entry<String, ScalarType> type : types.entrySet()) {
      boolean isKey = keys.contains(type.getKey());
      JsonNode value = item.path(type.getKey());
      if (value.isMissingNode() && isKey) {
        problems.add(
            new Problem(
                key,
                index,
                "One or more parameter values were invalid: Missing the key "
                    + type.getKey()
                    + " in the item"));
        return;
      }
      if (!value.isMissingNode() && !value.has(type.getValue().name())) {
        problems.add(
            new Problem(
                key,
                index,
                "One or more parameter values were invalid: Type mismatch for key "
                    + type.getKey()));
        return;
      }
    }
    ObjectNode itemKey = Wire.object();
    keys.forEach(name -> itemKey.set(name, item.path(name)));
    items.put(itemKey.toString(), item);
  }

  private ItemReader reader(InputStream in) throws IOException {
    return switch (request.path("InputFormat").asText()) {
      case "CSV" -> new CsvItemReader(in, csv());
      case "ION" -> new IonItemReader(in);
      default -> new DynamoDbJsonReader(in);
    };
  }

  private CsvFormat csv() {
    JsonNode options = request.path("InputFormatOptions").path("Csv");
    CsvFormat format =
        CsvFormat.of(types).withDelimiter(options.path("Delimiter").asText(",").charAt(0));
    List<String> names = new ArrayList<>();
    options.path("HeaderList").forEach(name -> names.add(name.asText()));
    return Optional.of(names).filter(n -> !n.isEmpty()).map(format::withHeader).orElse(format);
  }
}
