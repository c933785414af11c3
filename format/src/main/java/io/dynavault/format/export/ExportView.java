// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

/** Which images the records of an incremental export have (AWS: ExportViewType). */
public enum ExportView {
  NEW_IMAGE,
  NEW_AND_OLD_IMAGES
}
