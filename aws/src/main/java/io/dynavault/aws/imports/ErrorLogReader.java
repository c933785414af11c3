// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilterLogEventsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;

/**
 * Reads what an import has written to CloudWatch Logs (DynamoDB Developer Guide, "Import quotas and
 * validation"). An import has ended whether or not that can be read, so this never fails.
 */
public final class ErrorLogReader {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** CloudWatch answers with empty pages while it searches. */
  private static final int MOST_PAGES = 20;

  private static final int LONGEST_REASON = 300;

  private final Supplier<CloudWatchLogsClient> client;
  private final PacedCalls calls;

  /**
   * @param client asked for when there is something to read
   */
  public ErrorLogReader(Supplier<CloudWatchLogsClient> client, PacedCalls calls) {
    this.client = requireNonNull(client, "client is null");
    this.calls = requireNonNull(calls, "calls is null");
  }

  /**
   * The first lines of an import's log.
   *
   * @param most how many of them
   */
  public ErrorLog read(ImportInfo ended, int most) throws InterruptedException {
    boolean anyErrors = ended.counts().filter(counts -> counts.errors() > 0).isPresent();
    if (ended.logGroup().isEmpty() || !anyErrors) {
      return ErrorLog.none();
    }
    try {
      return new ErrorLog(lines(ended, most), Optional.empty());
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      return new ErrorLog(List.of(), Optional.of(e.getMessage() + "; " + e.hint()));
    }
  }

  private List<ErrorLog.Line> lines(ImportInfo ended, int most) throws InterruptedException {
    List<ErrorLog.Line> lines = new ArrayList<>();
    Optional<String> next = Optional.empty();
    for (int page = 0; page < MOST_PAGES && lines.size() < most; page++) {
      FilterLogEventsRequest.Builder request =
          FilterLogEventsRequest.builder()
              .logGroupName(ended.logGroup().orElseThrow())
              .logStreamNamePrefix(ended.arn().id() + "/")
              .limit(most);
      ended.started().ifPresent(time -> request.startTime(time.toEpochMilli()));
      next.ifPresent(request::nextToken);
      var answer =
          calls.call("logs:FilterLogEvents", () -> client.get().filterLogEvents(request.build()));
      answer.events().stream()
          .limit(most - (long) lines.size())
          .map(ErrorLogReader::line)
          .forEach(lines::add);
      next = Optional.ofNullable(answer.nextToken());
      if (next.isEmpty()) {
        break;
      }
    }
    return lines;
  }

  private static ErrorLog.Line line(FilteredLogEvent event) {
    String text = event.message() == null ? "" : event.message();
    try {
      JsonNode json = MAPPER.readTree(text);
      JsonNode pointer = json.path("itemS3Pointer");
      String place =
          "s3://%s/%s, item %s"
              .formatted(
                  pointer.path("bucket").asText("?"),
                  pointer.path("key").asText("?"),
                  pointer.path("itemIndex").asText("?"));
      StringJoiner reasons = new StringJoiner("; ");
      json.path("errorMessages").forEach(message -> reasons.add(message.asText()));
      return new ErrorLog.Line(place, shortened(reasons.toString()));
    } catch (JsonProcessingException e) {
      return new ErrorLog.Line("?", "an entry of another form; see the log");
    }
  }

  private static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }
}
