// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

/** The types a key attribute may have (AWS: ScalarAttributeType). */
public enum ScalarType {
  S,
  N,
  B
}
