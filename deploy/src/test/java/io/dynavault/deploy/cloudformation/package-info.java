// SPDX-License-Identifier: Apache-2.0
/**
 * Reads a CloudFormation template and works out, for given parameters, what a stack of it would
 * have: conditions decided, intrinsic functions replaced by values, ARNs derived from names. What
 * it does not know is an error.
 */
@NullMarked
package io.dynavault.deploy.cloudformation;

import org.jspecify.annotations.NullMarked;
