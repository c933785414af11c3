// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;

/**
 * One thing that was done, or would be.
 *
 * @param fields what JSON says beside {@code done}
 */
record Notice(String text, ObjectNode fields, State state) implements View {

  /** Whether it was done. */
  enum State {
    DONE,
    PLANNED
  }

  static Notice done(String text, ObjectNode fields) {
    return new Notice(text, fields, State.DONE);
  }

  static Notice planned(String text, ObjectNode fields) {
    return new Notice(text, fields, State.PLANNED);
  }

  /** Done if it is confirmed. */
  static Notice of(Confirmation confirmation, String done, String planned, ObjectNode fields) {
    return confirmation.isGiven() ? done(done, fields) : planned(planned, fields);
  }

  @Override
  public void text(Page page) {
    page.line(text);
    Confirmation.remind(page, state == State.DONE);
  }

  @Override
  public JsonNode json() {
    return Json.object().put("done", state == State.DONE).setAll(fields);
  }
}
