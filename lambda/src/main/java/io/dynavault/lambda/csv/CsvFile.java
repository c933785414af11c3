// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.lambda.host.Event;
import io.dynavault.lambda.host.Settings;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;

/** A file in a bucket. */
record CsvFile(String bucket, String key) {
  /** Sent once, when somebody configures the notification. */
  private static final String TRIAL = "s3:TestEvent";

  CsvFile {
    requireNonNull(bucket, "bucket is null");
    requireNonNull(key, "key is null");
  }

  /**
   * Those that an S3 event names, whose keys are encoded as in the address of a form (Amazon S3
   * User Guide, "Event message structure"); none where S3 only tries whether it may send events;
   * else the one of the event's or the settings' bucket and key.
   */
  static List<CsvFile> of(Event event, Settings settings) {
    if (event.json().path("Event").asText("").equals(TRIAL)) {
      return List.of();
    }
    JsonNode records = event.json().path("Records");
    if (records.isMissingNode()) {
      return List.of(
          new CsvFile(
              event.text("bucket").orElseGet(() -> settings.required("CSV_BUCKET")),
              event.text("key").orElseGet(() -> settings.required("CSV_KEY"))));
    }
    List<CsvFile> files = new ArrayList<>();
    for (JsonNode one : records) {
      String bucket = one.path("s3").path("bucket").path("name").asText("");
      String key = one.path("s3").path("object").path("key").asText("");
      if (bucket.isEmpty() || key.isEmpty()) {
        throw new DynavaultException(
            ErrorCode.USAGE, "unable to use the event: a record names no object of S3");
      }
      files.add(new CsvFile(bucket, decode(key)));
    }
    return files;
  }

  private static String decode(String key) {
    try {
      return URLDecoder.decode(key, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to use the event: the key '%s' is not encoded".formatted(key),
          e);
    }
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
