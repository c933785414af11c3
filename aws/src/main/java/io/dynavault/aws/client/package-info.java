// SPDX-License-Identifier: Apache-2.0
/**
 * The SDK's clients of the AWS services that take part in backups.
 *
 * <p>All have the region, profile and credentials of one {@link
 * io.dynavault.core.transport.EndpointConfig}. DynamoDB is called at its endpoint ({@code
 * --endpoint-url}); each other service at the first of these that is set: {@code
 * AWS_ENDPOINT_URL_<SERVICE>} or {@code AWS_ENDPOINT_URL}, or what the profile says instead; the
 * given endpoint, because one emulator answers for all services; else AWS's own.
 *
 * <p>Call them through {@link io.dynavault.core.transport.SdkErrors#call}, which makes typed
 * exceptions with hints of their errors; operations of services other than DynamoDB are named with
 * the prefix of their IAM actions, as in {@code backup:StartBackupJob}.
 */
@NullMarked
package io.dynavault.aws.client;

import org.jspecify.annotations.NullMarked;
