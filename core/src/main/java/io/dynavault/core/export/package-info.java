// SPDX-License-Identifier: Apache-2.0
/**
 * Writing an export into a vault, whatever its items come from: an {@link
 * io.dynavault.core.export.ExportOutline} says what it is of, {@link
 * io.dynavault.core.export.NewExport} makes data files and, at the end, manifests and the record to
 * commit. Who writes one keeps the lease, the journal and the progress.
 */
@NullMarked
package io.dynavault.core.export;

import org.jspecify.annotations.NullMarked;
