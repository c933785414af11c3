// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import io.dynavault.local.LocalServers;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** How to use the servers that run. */
record LocalView(URI dynamoDb, URI s3, String objects, Map<String, String> environment)
    implements View {
  /** A bucket that is there from the start. */
  static final String BUCKET = "dynavault";

  /** Local servers answer for every region; clients want one to sign for. */
  static final String REGION = "us-east-1";

  static LocalView of(LocalServers servers, Path folder) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_ACCESS_KEY_ID", servers.credentials().accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", servers.credentials().secretAccessKey());
    environment.put("AWS_REGION", REGION);
    environment.put("AWS_DEFAULT_REGION", REGION); // what the AWS CLI reads
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", servers.dynamoDb().endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_S3", servers.s3().endpoint().toString());
    return new LocalView(
        servers.dynamoDb().endpoint(),
        servers.s3().endpoint(),
        folder.resolve("s3").toString(),
        environment);
  }

  @Override
  public void text(Page page) {
    page.line("DynamoDB Local answers at " + dynamoDb);
    page.line("S3 answers at " + s3 + ", its objects are in " + objects);
    page.blank().line("To use them in another shell:").blank();
    environment.forEach((name, value) -> page.line("  export " + name + "=" + value));
    page.line("  aws dynamodb list-tables");
    page.line("  dynavault vault create --vault s3://" + BUCKET + "/vault").blank();
    page.line("Ctrl-C ends both.");
  }

  @Override
  public JsonNode json() {
    return Json.object()
        .put("dynamoDbEndpoint", dynamoDb.toString())
        .put("s3Endpoint", s3.toString())
        .put("s3Folder", objects)
        .put("bucket", BUCKET)
        .set("environment", Json.texts(environment));
  }
}
