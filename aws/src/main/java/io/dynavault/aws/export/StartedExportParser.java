// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.store.s3.S3Encryption;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDefinitionParser;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ExportView;
import io.dynavault.format.export.OutputFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** JSON of {@link StartedExport}: in the vault's journal, and between the runs of a function. */
public final class StartedExportParser {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String AES256 = "AES256";
  private static final String KMS = "KMS";

  private StartedExportParser() {}

  public static ObjectNode toJson(StartedExport started) {
    ExportOrder order = started.order();
    ObjectNode json = MAPPER.createObjectNode();
    json.put("exportArn", started.exportArn());
    ObjectNode place = json.putObject("place");
    place.put("bucket", order.place().bucket());
    place.put("root", order.place().root());
    place.put("prefix", order.place().prefix());
    json.put("timing", order.timing().name());
    if (order.span() instanceof ExportSpan.Window window) {
      json.put("from", window.from().toString());
      json.put("to", window.to().toString());
      json.put("view", window.view().name());
    } else {
      json.put("exportTime", ((ExportSpan.Moment) order.span()).exportTime().toString());
    }
    json.set("options", options(order.options()));
    json.set("table", table(order.table()));
    return json;
  }

  /**
   * Reads what {@link #toJson} has written.
   *
   * @throws FormatException naming the field that is missing or has another form
   */
  public static StartedExport fromJson(JsonNode node) {
    JsonFields json = new JsonFields("export", node);
    JsonFields place = json.object("place");
    return new StartedExport(
        json.text("exportArn"),
        new ExportOrder(
            TableDefinitionParser.read(node.path("table")),
            new ExportPlace(place.text("bucket"), place.text("root"), place.text("prefix")),
            span(json),
            json.constant("timing", ExportOrder.MomentChoice.class),
            options(json.object("options"))));
  }

  private static ExportSpan span(JsonFields json) {
    Optional<Instant> moment = json.optionalTime("exportTime");
    return moment.isPresent()
        ? new ExportSpan.Moment(moment.get())
        : new ExportSpan.Window(
            json.time("from"), json.time("to"), json.constant("view", ExportView.class));
  }

  private static ObjectNode options(ExportOptions options) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", options.format().name());
    encryption(options.encryption(), json);
    options.bucketOwner().ifPresent(owner -> json.put("bucketOwner", owner));
    ObjectNode tags = json.putObject("tags");
    options.tags().forEach(tags::put);
    options.deleteAfter().ifPresent(age -> json.put("deleteAfterSeconds", age.toSeconds()));
    options.requestKey().ifPresent(key -> json.put("requestKey", key));
    return json;
  }

  private static ExportOptions options(JsonFields json) {
    var deleteAfter = json.optionalNumber("deleteAfterSeconds");
    return new ExportOptions(
        json.constant("format", OutputFormat.class),
        json.optionalObject("encryption")
            .map(StartedExportParser::encryption)
            .orElseGet(S3Encryption::bucketDefault),
        json.optionalText("bucketOwner"),
        json.textMap("tags"),
        deleteAfter.stream().mapToObj(Duration::ofSeconds).findFirst(),
        json.optionalText("requestKey"));
  }

  private static void encryption(S3Encryption encryption, ObjectNode options) {
    if (encryption instanceof S3Encryption.Kms kms) {
      ObjectNode json = options.putObject("encryption").put("algorithm", KMS);
      kms.keyId().ifPresent(key -> json.put("kmsKeyId", key));
    } else if (encryption instanceof S3Encryption.S3Managed) {
      options.putObject("encryption").put("algorithm", AES256);
    }
  }

  private static S3Encryption encryption(JsonFields json) {
    String algorithm = json.text("algorithm");
    return switch (algorithm) {
      case AES256 -> S3Encryption.s3Managed();
      case KMS -> json.optionalText("kmsKeyId").map(S3Encryption::kms).orElseGet(S3Encryption::kms);
      default -> throw json.invalid("algorithm", "is neither " + AES256 + " nor " + KMS);
    };
  }

  private static JsonNode table(TableDefinition table) {
    try (TokenBuffer buffer = new TokenBuffer(MAPPER, false)) {
      TableDefinitionParser.write(table, buffer);
      return MAPPER.readTree(buffer.asParser());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
