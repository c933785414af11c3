// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.imports.ErrorLog;
import io.dynavault.aws.imports.ImportInfo;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Imports in words and as JSON. */
public final class ImportText {
  private ImportText() {}

  static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String compression(ImportInfo info) {
    return info.compression().equals("NONE") || info.compression().isEmpty()
        ? "not compressed"
        : info.compression();
  }

  /** The lines that an import has not taken, and where all of them are. */
  public static List<String> lines(ImportInfo info, ErrorLog log) {
    long errors = info.counts().map(ImportInfo.Counts::errors).orElse(0L);
    List<String> lines = new ArrayList<>();
    if (errors == 0) {
      return lines;
    }
    log.lines()
        .forEach(
            line ->
                lines.add(
                    Printable.escape("not imported: " + line.place() + ": " + line.reason())));
    log.unreadable().ifPresent(why -> lines.add("unable to read the error log: " + why));
    long more = errors - log.lines().size();
    if (more > 0) {
      lines.add(
          "%s%s in CloudWatch Logs, group %s, stream %s"
              .formatted(
                  log.lines().isEmpty() ? "" : "... and ",
                  Counts.of(more, log.lines().isEmpty() ? "error" : "more error"),
                  info.logGroup().orElse("unknown"),
                  info.errorLogStream()));
    }
    return lines;
  }

  /** What AWS tells, without the error log's lines. */
  public static ObjectNode json(ImportInfo info) {
    ObjectNode json =
        Json.object()
            .put("importArn", info.arn().text())
            .put("tableName", info.tableName())
            .put("status", info.status().name())
            .put("source", info.source())
            .put("format", info.format());
    if (!info.compression().isEmpty()) {
      json.put("compression", info.compression());
    }
    info.started().ifPresent(time -> json.put("started", Json.time(time)));
    info.ended().ifPresent(time -> json.put("ended", Json.time(time)));
    info.counts()
        .ifPresent(
            counts -> {
              json.put("processedItems", counts.processedItems())
                  .put("importedItems", counts.importedItems())
                  .put("errorCount", counts.errors());
              counts.processedBytes().ifPresent(bytes -> json.put("processedBytes", bytes));
            });
    info.failure()
        .ifPresent(
            failed ->
                json.put("failureCode", failed.code()).put("failureMessage", failed.message()));
    info.logGroup()
        .ifPresent(
            group -> json.put("errorLogGroup", group).put("errorLogStream", info.errorLogStream()));
    return json;
  }

  /** The same, with the error log's lines. */
  public static ObjectNode json(ImportInfo info, ErrorLog log) {
    ObjectNode json = json(info);
    ArrayNode errors = json.putArray("errors");
    log.lines()
        .forEach(
            line -> errors.addObject().put("place", line.place()).put("reason", line.reason()));
    log.unreadable().ifPresent(why -> json.put("errorLogUnreadable", why));
    return json;
  }
}
