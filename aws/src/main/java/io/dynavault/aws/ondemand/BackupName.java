// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Name of an on-demand backup: {@code PREFIX-TABLE-yyyyMMdd-HHmmss}, the time in UTC. */
public record BackupName(String value) {
  /** What a prefix can be: short enough to leave room for the table. */
  public static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
  private static final int LONGEST = 255;
  private static final int HASH = 9;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  public BackupName {
    if (!FORM.matcher(value).matches()) {
      throw new DynavaultException(
          ErrorCode.NAME_INVALID,
          "unable to name a backup '" + value + "': not a name that AWS takes",
          "use 3 to 255 characters of a-z, A-Z, 0-9, '_', '-' and '.'");
    }
  }

  /**
   * The name of a backup of a table. A table's name that is too long for it is cut and made
   * different by a checksum.
   *
   * @throws DynavaultException {@code NAME_INVALID} if the prefix has other characters or more than
   *     64
   */
  public static BackupName of(String prefix, String tableName, Instant time) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new DynavaultException(
          ErrorCode.NAME_INVALID,
          "unable to name backups with the prefix '" + prefix + "': not a prefix that AWS takes",
          "use 1 to 64 characters of a-z, A-Z, 0-9, '_', '-' and '.'");
    }
    String end = "-" + TIME.format(time);
    int room = LONGEST - prefix.length() - 1 - end.length();
    return new BackupName(prefix + "-" + shortened(tableName, room) + end);
  }

  private static String shortened(String tableName, int room) {
    if (tableName.length() <= room) {
      return tableName;
    }
    CRC32 checksum = new CRC32();
    checksum.update(tableName.getBytes(StandardCharsets.UTF_8));
    return tableName.substring(0, room - HASH)
        + String.format(Locale.ROOT, "-%08x", checksum.getValue());
  }

  @Override
  public String toString() {
    return value;
  }
}
