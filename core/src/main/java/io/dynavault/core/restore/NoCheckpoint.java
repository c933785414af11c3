// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

/** Of a restore that begins at the beginning. */
enum NoCheckpoint implements RestoreCheckpoint {
  INSTANCE;

  @Override
  public boolean isKept() {
    return false;
  }

  @Override
  public boolean isVerified() {
    return false;
  }

  @Override
  public boolean isPrepared() {
    return false;
  }

  @Override
  public void prepared() {}

  @Override
  public long doneItems(String part) {
    return -1;
  }

  @Override
  public void done(String part, long items) {}
}
