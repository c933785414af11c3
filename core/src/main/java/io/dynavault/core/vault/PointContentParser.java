// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.core.json.JsonFields;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.ExportView;
import io.dynavault.format.export.OutputFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fields of a record that say where the items are. They lie among the record's other fields;
 * those of the one kind are refused beside the other, because no writer makes them and guessing
 * which of them is meant could cost data.
 */
final class PointContentParser {
  private static final List<String> OF_EXPORTS =
      List.of("exportPrefix", "outputFormat", "compression", "itemBytes", "files", "window");
  private static final List<String> OF_MANAGED_BACKUPS = List.of("backupArn", "sizeBytes");

  private PointContentParser() {}

  static void write(PointContent content, JsonGenerator json) throws IOException {
    if (content instanceof StoredExport export) {
      writeExport(export, json);
    } else {
      writeBackup((ManagedBackup) content, json);
    }
  }

  static PointContent read(JsonFields fields, Method method) {
    return method.isManaged() ? readBackup(fields) : readExport(fields);
  }

  private static void writeExport(StoredExport export, JsonGenerator json) throws IOException {
    json.writeStringField("exportPrefix", export.exportPrefix());
    json.writeStringField("outputFormat", export.outputFormat().name());
    json.writeStringField("compression", export.compression().name());
    json.writeNumberField("itemCount", export.itemCount());
    json.writeNumberField("itemBytes", export.itemBytes());
    if (export.window().isPresent()) {
      ExportWindow window = export.window().get();
      json.writeObjectFieldStart("window");
      json.writeStringField("from", window.from().toString());
      json.writeStringField("to", window.to().toString());
      json.writeStringField("view", window.view().name());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("files");
    for (StoredFile file : export.files()) {
      writeFile(file, json);
    }
    json.writeEndArray();
  }

  private static void writeFile(StoredFile file, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", file.key());
    json.writeNumberField("size", file.size());
    json.writeStringField(
        file.checksum().isMd5() ? "md5Checksum" : "sha256", file.checksum().value());
    if (file.itemCount() > 0) {
      json.writeNumberField("itemCount", file.itemCount());
    }
    json.writeEndObject();
  }

  private static void writeBackup(ManagedBackup backup, JsonGenerator json) throws IOException {
    json.writeStringField("backupArn", backup.arn());
    writeOptional("sizeBytes", backup.sizeBytes(), json);
    writeOptional("itemCount", backup.itemCount(), json);
  }

  private static void writeOptional(String name, OptionalLong value, JsonGenerator json)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(name, value.getAsLong());
    }
  }

  private static StoredExport readExport(JsonFields fields) {
    refuse(OF_MANAGED_BACKUPS, fields);
    return new StoredExport(
        fields.text("exportPrefix"),
        fields.constant("outputFormat", OutputFormat.class),
        fields.constant("compression", Compression.class),
        fields.number("itemCount"),
        fields.number("itemBytes"),
        readFiles(fields.objects("files")),
        fields.optionalObject("window").map(PointContentParser::readWindow));
  }

  private static ExportWindow readWindow(JsonFields window) {
    return new ExportWindow(
        window.time("from"), window.time("to"), window.constant("view", ExportView.class));
  }

  private static List<StoredFile> readFiles(List<JsonFields> files) {
    List<StoredFile> read = new ArrayList<>(files.size());
    for (JsonFields file : files) {
      read.add(
          new StoredFile(
              file.text("key"),
              file.number("size"),
              readChecksum(file),
              file.optionalNumber("itemCount").orElse(0)));
    }
    return read;
  }

  private static Checksum readChecksum(JsonFields file) {
    Optional<String> md5 = file.optionalText("md5Checksum");
    if (md5.isEmpty()) {
      return Checksum.sha256(file.text("sha256"));
    }
    if (file.optionalText("sha256").isPresent()) {
      throw file.invalid("md5Checksum", "stands beside 'sha256'");
    }
    return Checksum.md5(md5.get());
  }

  private static ManagedBackup readBackup(JsonFields fields) {
    refuse(OF_EXPORTS, fields);
    return new ManagedBackup(
        fields.text("backupArn"),
        fields.optionalNumber("sizeBytes"),
        fields.optionalNumber("itemCount"));
  }

  private static void refuse(List<String> names, JsonFields fields) {
    for (String name : names) {
      if (fields.node().has(name)) {
        throw fields.invalid(name, "does not belong to a recovery point of this method");
      }
    }
  }
}
