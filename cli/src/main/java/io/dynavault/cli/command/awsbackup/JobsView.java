// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.TableArns;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Jobs of AWS Backup. */
record JobsView(List<AwsJob> jobs, Instant now) implements View {

  @Override
  public void text(Page page) {
    if (jobs.isEmpty()) {
      page.line("no jobs");
      return;
    }
    page.table(table(jobs, now));
    jobs.stream()
        .filter(job -> job.message().isPresent())
        .forEach(job -> page.line("%s: %s", job.id(), job.message().orElseThrow()));
  }

  static TextTable table(List<AwsJob> jobs, Instant now) {
    TextTable table = TextTable.of("KIND", "JOB", "TABLE", "VAULT", "STATE", ">SIZE", ">AGE");
    for (AwsJob job : jobs) {
      table.row(
          job.kind().text(),
          job.id(),
          job.table().orElse(""),
          job.vault().map(TableArns::lastPart).orElse(""),
          job.state().name().toLowerCase(Locale.ROOT),
          job.bytes().isPresent() ? ByteSize.text(job.bytes().getAsLong()) : "",
          job.created().map(time -> TimeText.age(time, now)).orElse(""));
    }
    return table;
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("jobs");
    jobs.forEach(job -> array.add(AwsJson.job(job)));
    return json;
  }
}
