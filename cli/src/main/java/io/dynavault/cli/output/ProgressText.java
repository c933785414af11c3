// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.job.Progress.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Progress as a bar, a line or JSON. */
final class ProgressText {
  private static final int BAR_CELLS = 20;

  private ProgressText() {}

  /** One line with a bar, for a terminal. */
  static String bar(ProgressMeter meter) {
    double share = meter.latest().share();
    if (share < 0) {
      return line(meter);
    }
    int filled = (int) (share * BAR_CELLS);
    String bar = "[" + "#".repeat(filled) + ".".repeat(BAR_CELLS - filled) + "] ";
    return title(meter.latest()) + "  " + bar + facts(meter);
  }

  /** One line without a bar, for a log. */
  static String line(ProgressMeter meter) {
    return title(meter.latest()) + "  " + facts(meter);
  }

  /** The counters of one subject, for programs. */
  static ObjectNode json(Snapshot snapshot, ProgressMeter meter) {
    ObjectNode json =
        Json.object()
            .put("subject", snapshot.subject())
            .put("phase", snapshot.phase())
            .put("itemCount", snapshot.items())
            .put("itemBytes", snapshot.bytes())
            .put("storedBytes", snapshot.storedBytes())
            .put("capacityUnits", snapshot.capacityUnits())
            .put("throttles", snapshot.throttles())
            .put("elapsedSeconds", Json.seconds(meter.elapsed()));
    if (snapshot.expectedItems() > 0) {
      json.put("expectedItems", snapshot.expectedItems());
    }
    if (snapshot.expectedBytes() > 0) {
      json.put("expectedBytes", snapshot.expectedBytes());
    }
    meter.remaining().ifPresent(left -> json.put("remainingSeconds", left.toSeconds()));
    return json;
  }

  private static String title(ProgressTotals totals) {
    String phase = totals.phase().isEmpty() ? "" : " " + totals.phase();
    return Printable.escape(totals.subject() + phase);
  }

  private static String facts(ProgressMeter meter) {
    ProgressTotals totals = meter.latest();
    List<String> facts = new ArrayList<>();
    if (totals.share() >= 0) {
      facts.add(String.format(Locale.ROOT, "%3.0f %%", Math.floor(totals.share() * 100)));
    }
    facts.add(Counts.text(totals.items()) + " items");
    facts.add(ByteSize.text(totals.bytes()));
    if (meter.bytesPerSecond() >= 1) {
      facts.add(ByteSize.text((long) meter.bytesPerSecond()) + "/s");
    }
    if (meter.unitsPerSecond() >= 1) {
      facts.add(Counts.text(Math.round(meter.unitsPerSecond())) + " units/s");
    }
    if (totals.throttles() > 0) {
      facts.add(Counts.text(totals.throttles()) + " throttled");
    }
    meter.remaining().ifPresent(left -> facts.add(TimeText.span(left) + " left"));
    return String.join("  ", facts);
  }
}
