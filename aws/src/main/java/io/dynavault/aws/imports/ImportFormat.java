// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

/** What ImportTable reads (AWS: InputFormat). */
public enum ImportFormat {
  /** Lines of {@code {"Item":{…}}}. */
  DYNAMODB_JSON,
  /** Ion text as exports have it. */
  ION,
  /** Text, but for the columns of keys. */
  CSV
}
