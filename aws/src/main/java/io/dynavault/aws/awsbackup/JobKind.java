// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import java.util.Locale;

/** What a job of AWS Backup does. */
public enum JobKind {
  BACKUP,
  COPY,
  RESTORE;

  /** As messages write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
