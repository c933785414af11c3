// SPDX-License-Identifier: Apache-2.0
/** The file formats of DynamoDB backups, without any AWS SDK: items, export files, object keys. */
@NullMarked
package io.dynavault.format;

import org.jspecify.annotations.NullMarked;
