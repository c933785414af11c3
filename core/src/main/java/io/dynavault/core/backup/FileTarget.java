// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import java.util.function.Consumer;

/**
 * Where a data file goes and who is told when it is stored.
 *
 * @param key below the vault's root
 * @param keyFromRoot from the root of the bucket, as manifests name it
 */
record FileTarget(String key, String keyFromRoot, Consumer<FileState> journal) {}
