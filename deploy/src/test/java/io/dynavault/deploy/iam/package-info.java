// SPDX-License-Identifier: Apache-2.0
/**
 * IAM policies and what they allow, after "Policy evaluation logic" of the IAM User Guide, as far
 * as identity policies go: an explicit deny wins, then an allow, else no. Actions and resources
 * match by wildcards; of conditions the string, ARN and boolean operators are known.
 */
@NullMarked
package io.dynavault.deploy.iam;

import org.jspecify.annotations.NullMarked;
