// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Which time an export speaks of: a moment, or the changes of a window. */
public sealed interface ExportSpan {

  /** The type of export that this span makes. */
  ExportType exportType();

  /** The version that AWS gives to manifests of this type. */
  String manifestVersion();

  /** A full export: the table as of {@code exportTime}, in milliseconds. */
  record Moment(Instant exportTime) implements ExportSpan {
    public Moment {
      exportTime = exportTime.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public ExportType exportType() {
      return ExportType.FULL_EXPORT;
    }

    @Override
    public String manifestVersion() {
      return "2020-06-30";
    }
  }

  /** An incremental export: changes from {@code from}, inclusive, to {@code to}, exclusive. */
  record Window(Instant from, Instant to, ExportView view) implements ExportSpan {
    public Window {
      from = from.truncatedTo(ChronoUnit.MILLIS);
      to = to.truncatedTo(ChronoUnit.MILLIS);
      requireNonNull(view, "view is null");
      if (to.isBefore(from)) {
        throw new IllegalArgumentException("the window ends before it begins: " + from + ", " + to);
      }
    }

    @Override
    public ExportType exportType() {
      return ExportType.INCREMENTAL_EXPORT;
    }

    @Override
    public String manifestVersion() {
      return "2023-08-01";
    }
  }
}
