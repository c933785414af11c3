// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import java.util.List;

/** AWS Backup: vaults, plans, jobs, recovery points and restore tests, of one state. */
final class AwsBackupArea implements ServiceArea {
  private final List<ServiceArea> parts;

  AwsBackupArea(StubContext context) {
    AwsBackupState state = new AwsBackupState(context);
    this.parts =
        List.of(
            new AwsBackupVaultsArea(state),
            new AwsBackupPointsArea(state),
            new AwsBackupJobsArea(state),
            new AwsBackupPlansArea(state),
            new AwsBackupTestingArea(state));
  }

  @Override
  public void register(Operations operations) {
    parts.forEach(part -> part.register(operations));
  }
}
