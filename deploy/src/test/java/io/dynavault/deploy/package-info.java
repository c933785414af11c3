// SPDX-License-Identifier: Apache-2.0
/**
 * What others deploy, checked without deploying it. The CloudFormation template and the Terraform
 * module are read, worked out with the same values, and compared as a {@code Deployment}: the same
 * functions with the same settings, the same grants, schedules, alarms and bucket. The policies of
 * {@code iam/} are evaluated against the actions that each command makes.
 */
@NullMarked
package io.dynavault.deploy;

import org.jspecify.annotations.NullMarked;
