// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;

/**
 * What there is to look at after the demo.
 *
 * @param folder as the user wrote it
 */
record DemoView(String folder) implements View {

  @Override
  public void text(Page page) {
    String vault = vault();
    page.blank();
    page.line("Both tables are what they were. The servers are stopped, the vault is in " + vault);
    page.line("as plain files, in the format that DynamoDB exports. Try next:").blank();
    page.line("  dynavault list --vault " + vault);
    page.line("  dynavault describe --table demo-events --vault " + vault);
    page.line("  dynavault cat --table demo-orders --format csv --vault " + vault);
    page.line("  dynavault verify --vault " + vault);
    page.line("  dynavault local --folder " + folder);
    page.line("  dynavault --help");
  }

  @Override
  public JsonNode json() {
    return Json.object().put("succeeded", true).put("vault", vault());
  }

  private String vault() {
    return folder + "/s3/" + LocalView.BUCKET + "/vault";
  }
}
