// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ExportView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Which moment or window a request asks for, and whether AWS takes it. */
final class ExportTimes {
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final StubRequest request;
  private final Instant now;

  ExportTimes(StubRequest request, Instant now) {
    this.request = requireNonNull(request, "request is null");
    this.now = requireNonNull(now, "now is null");
  }

  boolean isIncremental() {
    return request.text("ExportType").filter("INCREMENTAL_EXPORT"::equals).isPresent();
  }

  /** Type and specification have to be given together. */
  void checkSpecification() {
    boolean specified = request.has("IncrementalExportSpecification");
    Optional<String> type = request.text("ExportType");
    if (specified && type.isEmpty()) {
      throw AwsError.validation(
          "Invalid Request: Export Type expected to be Incremental Export when incremental export"
              + " specification is provided");
    }
    if (specified && !isIncremental()) {
      throw AwsError.validation(
          "Invalid Request: When Export Type is Full Export , Incremental Export Specification"
              + " should not be provided");
    }
    if (isIncremental() && !specified) {
      throw AwsError.validation(
          "Invalid Request: Incremental Export Specification expected when export type is set as"
              + " Incremental Export");
    }
    if (isIncremental() && !specification().hasNonNull("ExportFromTime")) {
      throw AwsError.validation(
          "Invalid Request: ExportFromTime must be provided in IncrementalExportSpecification");
    }
  }

  /** The one check of times that comes before that of point-in-time recovery. */
  void checkCreation(TableSnapshot table) {
    if (!isIncremental()) {
      return;
    }
    Instant from = time("ExportFromTime").orElseThrow();
    Instant created = Wire.instant(table.description().path("CreationDateTime").decimalValue());
    if (from.isBefore(created.truncatedTo(ChronoUnit.SECONDS))) {
      throw invalid(
          "Incremental export period from time cannot be less than the table creation time : "
              + from.truncatedTo(ChronoUnit.SECONDS));
    }
  }

  ExportSpan span(RecoveryWindow recovery) {
    return isIncremental() ? window(recovery) : moment(recovery);
  }

  private ExportSpan moment(RecoveryWindow recovery) {
    Instant moment = request.time("ExportTime").orElse(now);
    if (moment.isAfter(now) || moment.isBefore(recovery.earliest(now))) {
      throw invalid("Export Time is invalid");
    }
    boolean justEnabled = recovery.latest(now).equals(recovery.enabled());
    if (request.has("ExportTime") && justEnabled && moment.isAfter(recovery.latest(now))) {
      throw invalid("Point in Time Recovery is not available for specified export time");
    }
    return new ExportSpan.Moment(moment);
  }

  private ExportSpan window(RecoveryWindow recovery) {
    Instant from = time("ExportFromTime").orElseThrow();
    Instant to = time("ExportToTime").orElse(now.truncatedTo(ChronoUnit.SECONDS));
    if (to.isAfter(now)) {
      throw invalid(
          "Incremental export period to time cannot be greater than the current time : "
              + to.truncatedTo(ChronoUnit.SECONDS));
    }
    Duration length = Duration.between(from, to);
    if (length.compareTo(SHORTEST) < 0) {
      throw invalid(
          "Difference between export period from time and export period to time is less than 15"
              + " minutes");
    }
    if (length.compareTo(LONGEST) > 0) {
      throw invalid(
          "Difference between export period from time and export period to time is more than 24"
              + " hours");
    }
    if (from.isBefore(recovery.earliest(now))) {
      throw invalid("Export Time is invalid");
    }
    String view = specification().path("ExportViewType").asText("NEW_AND_OLD_IMAGES");
    return new ExportSpan.Window(from, to, ExportView.valueOf(view));
  }

  private Optional<Instant> time(String member) {
    JsonNode value = specification().path(member);
    return value.isNumber() ? Optional.of(Wire.instant(value.decimalValue())) : Optional.empty();
  }

  private JsonNode specification() {
    return request.members().path("IncrementalExportSpecification");
  }

  private static AwsError invalid(String message) {
    return AwsError.of("InvalidExportTimeException", message);
  }
}
