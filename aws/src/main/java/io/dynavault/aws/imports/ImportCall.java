// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import io.dynavault.core.table.CreateTableRequests;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CsvOptions;
import software.amazon.awssdk.services.dynamodb.model.ImportTableRequest;
import software.amazon.awssdk.services.dynamodb.model.InputCompressionType;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.S3BucketSource;
import software.amazon.awssdk.services.dynamodb.model.TableCreationParameters;

/** A request as ImportTable wants it. */
final class ImportCall {
  private ImportCall() {}

  static ImportTableRequest of(ImportRequest request, String clientToken) {
    ImportFiles files = request.files();
    ImportTableRequest.Builder call =
        ImportTableRequest.builder()
            .clientToken(clientToken)
            .s3BucketSource(source(files))
            .inputFormat(InputFormat.fromValue(files.format().name()))
            .inputCompressionType(InputCompressionType.fromValue(files.compression().name()))
            .tableCreationParameters(table(CreateTableRequests.of(request.table())));
    if (files.csv().areGiven()) {
      CsvOptions.Builder csv = CsvOptions.builder();
      files.csv().delimiter().ifPresent(delimiter -> csv.delimiter(String.valueOf(delimiter)));
      if (!files.csv().header().isEmpty()) {
        csv.headerList(files.csv().header());
      }
      call.inputFormatOptions(options -> options.csv(csv.build()));
    }
    return call.build();
  }

  private static S3BucketSource source(ImportFiles files) {
    S3BucketSource.Builder source = S3BucketSource.builder().s3Bucket(files.bucket());
    files.bucketOwner().ifPresent(source::s3BucketOwner);
    if (!files.prefix().isEmpty()) {
      source.s3KeyPrefix(files.prefix());
    }
    return source.build();
  }

  /** An import takes no more of a table than this; the class is changed afterwards. */
  private static TableCreationParameters table(CreateTableRequest table) {
    TableCreationParameters.Builder parameters =
        TableCreationParameters.builder()
            .tableName(table.tableName())
            .attributeDefinitions(table.attributeDefinitions())
            .keySchema(table.keySchema())
            .billingMode(table.billingMode())
            .provisionedThroughput(table.provisionedThroughput())
            .onDemandThroughput(table.onDemandThroughput())
            .sseSpecification(table.sseSpecification());
    if (table.hasGlobalSecondaryIndexes()) {
      parameters.globalSecondaryIndexes(table.globalSecondaryIndexes());
    }
    return parameters.build();
  }
}
