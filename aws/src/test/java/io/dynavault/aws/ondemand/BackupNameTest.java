// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackupNameTest {
  private static final Instant TIME = Instant.parse("2026-11-21T09:05:07.9Z");

  @Test
  void saysPrefixTableAndTimeInUtc() {
    assertThat(BackupName.of("dynavault", "Orders", TIME).value())
        .isEqualTo("dynavault-Orders-20261121-090507");
  }

  @Test
  void fitsTheLongestTableNameAndTellsTwoOfThemApart() {
    String table = "t".repeat(254);

    String one = BackupName.of("dynavault", table + "1", TIME).value();
    String other = BackupName.of("dynavault", table + "2", TIME).value();

    assertThat(one).hasSize(255).startsWith("dynavault-ttt").endsWith("-20261121-090507");
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void refusesPrefixesThatAwsDoesNotTake() {
    for (String prefix : new String[] {"", "a b", "ä", "x$", "p".repeat(65)}) {
      assertThatThrownBy(() -> BackupName.of(prefix, "Orders", TIME))
          .isInstanceOf(DynavaultException.class)
          .hasMessageContaining(prefix);
    }
  }

  @Test
  void takesTheArnOfABackupApart() {
    BackupArn arn =
        BackupArn.parse(
            "arn:aws-cn:dynamodb:cn-north-1:111122223333:table/a.b_c/backup/01767340800511-3d4e5f60");

    assertThat(arn.region()).isEqualTo("cn-north-1");
    assertThat(arn.tableName()).isEqualTo("a.b_c");
    assertThat(arn.tableArn()).isEqualTo("arn:aws-cn:dynamodb:cn-north-1:111122223333:table/a.b_c");
    assertThat(arn.id().startTime()).isEqualTo(Instant.ofEpochMilli(1767340800511L));
    assertThat(BackupArn.find(arn.tableArn())).isEmpty();
  }
}
