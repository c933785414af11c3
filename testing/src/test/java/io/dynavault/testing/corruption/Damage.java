// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.corruption;

import java.util.Arrays;
import java.util.List;

/** What happens to whole files. Each damage is repaired by {@link DamagedBackup#repair}. */
enum Damage {
  REMOVED {
    @Override
    void apply(DamagedBackup backup, String key) {
      backup.remove(key);
    }
  },
  EMPTIED {
    @Override
    void apply(DamagedBackup backup, String key) {
      backup.replace(key, new byte[0]);
    }
  },
  CUT_BY_ONE_BYTE {
    @Override
    void apply(DamagedBackup backup, String key) {
      byte[] bytes = backup.original(key);
      backup.replace(key, Arrays.copyOf(bytes, bytes.length - 1));
    }
  },
  CUT_IN_HALF {
    @Override
    void apply(DamagedBackup backup, String key) {
      byte[] bytes = backup.original(key);
      backup.replace(key, Arrays.copyOf(bytes, bytes.length / 2));
    }
  },
  EXTENDED_BY_A_ZERO {
    @Override
    void apply(DamagedBackup backup, String key) {
      byte[] bytes = backup.original(key);
      backup.replace(key, Arrays.copyOf(bytes, bytes.length + 1));
    }
  },
  WRITTEN_TWICE {
    @Override
    void apply(DamagedBackup backup, String key) {
      byte[] bytes = backup.original(key);
      byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
      System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
      backup.replace(key, twice);
    }
  },
  ZEROED {
    @Override
    void apply(DamagedBackup backup, String key) {
      backup.replace(key, new byte[backup.original(key).length]);
    }
  },
  REPLACED_BY_ANOTHER {
    @Override
    void apply(DamagedBackup backup, String key) {
      List<String> others = backup.dataFiles();
      int next = (others.indexOf(key) + 1) % others.size();
      backup.replace(key, backup.original(others.get(next)));
    }
  };

  abstract void apply(DamagedBackup backup, String key);
}
