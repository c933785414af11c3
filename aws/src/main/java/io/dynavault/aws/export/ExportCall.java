// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import io.dynavault.core.store.s3.S3Encryption;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.OutputFormat;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.dynamodb.model.ExportViewType;
import software.amazon.awssdk.services.dynamodb.model.IncrementalExportSpecification;
import software.amazon.awssdk.services.dynamodb.model.S3SseAlgorithm;

/** An order as ExportTableToPointInTime wants it. */
final class ExportCall {
  private ExportCall() {}

  /**
   * @param span empty leaves the moment to AWS
   */
  static ExportTableToPointInTimeRequest of(ExportOrder order, Optional<ExportSpan> span) {
    ExportOptions options = order.options();
    ExportTableToPointInTimeRequest.Builder request =
        ExportTableToPointInTimeRequest.builder()
            .tableArn(order.table().tableArn())
            .s3Bucket(order.place().bucket())
            .s3Prefix(order.place().s3Prefix())
            .clientToken(order.clientToken())
            .exportFormat(
                options.format() == OutputFormat.ION
                    ? ExportFormat.ION
                    : ExportFormat.DYNAMODB_JSON);
    options.bucketOwner().ifPresent(request::s3BucketOwner);
    encrypt(options.encryption(), request);
    span.ifPresent(wanted -> limit(wanted, request));
    return request.build();
  }

  private static void encrypt(
      S3Encryption encryption, ExportTableToPointInTimeRequest.Builder request) {
    if (encryption instanceof S3Encryption.Kms kms) {
      request.s3SseAlgorithm(S3SseAlgorithm.KMS);
      kms.keyId().ifPresent(request::s3SseKmsKeyId);
    } else if (encryption instanceof S3Encryption.S3Managed) {
      request.s3SseAlgorithm(S3SseAlgorithm.AES256);
    }
  }

  private static void limit(ExportSpan span, ExportTableToPointInTimeRequest.Builder request) {
    if (span instanceof ExportSpan.Window window) {
      request
          .exportType(ExportType.INCREMENTAL_EXPORT)
          .incrementalExportSpecification(
              IncrementalExportSpecification.builder()
                  .exportFromTime(window.from())
                  .exportToTime(window.to())
                  .exportViewType(ExportViewType.fromValue(window.view().name()))
                  .build());
    } else {
      request.exportTime(((ExportSpan.Moment) span).exportTime());
    }
  }
}
