// SPDX-License-Identifier: Apache-2.0
/**
 * Reads Terraform's configuration language as far as our module uses it, and works out what the
 * module would make with given variables: blocks and expressions after the HCL syntax
 * specification, {@code count}, {@code for_each} and dynamic blocks after Terraform's. What it does
 * not know is an error, never a guess. No provider is asked: attributes that only AWS would know
 * (ARNs, ids) are derived from names.
 */
@NullMarked
package io.dynavault.deploy.terraform;

import org.jspecify.annotations.NullMarked;
