// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

/** The operations of one part of a service, such as DynamoDB's on-demand backups. */
public interface ServiceArea {
  /** Tells which operations this area answers. */
  void register(Operations operations);
}
