// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.Setting;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.table.TableSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings of a table of which nothing is left but a backup. */
final class KnownSettings {
  private KnownSettings() {}

  /** Time to live and stream; the others are named as not known, unless the user gives them. */
  static TableSettings of(ManagedRestorePlan plan, TableSettings restored) {
    TableOverrides given = plan.request().overrides();
    List<Setting> unknown = new ArrayList<>(List.of(Setting.RESOURCE_POLICY));
    unknown.add(Setting.POINT_IN_TIME_RECOVERY);
    if (given.tags().isEmpty()) {
      unknown.add(Setting.TAGS);
    }
    if (given.tableClass().isEmpty()) {
      unknown.add(Setting.TABLE_CLASS);
    }
    if (given.deletionProtection().isEmpty()) {
      unknown.add(Setting.DELETION_PROTECTION);
    }
    if (given.billingMode().orElse(plan.source().billingMode()) == BillingMode.PROVISIONED) {
      unknown.add(Setting.AUTO_SCALING);
    }
    return new TableSettings(
        plan.source().timeToLiveAttribute(),
        plan.source().streamViewType(),
        restored.sseType(),
        restored.kmsMasterKeyArn(),
        Optional.empty(),
        false,
        Map.of(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        unknown.stream().map(Setting::text).toList());
  }
}
