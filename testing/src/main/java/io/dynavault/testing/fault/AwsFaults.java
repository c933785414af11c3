// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.testing.fault.Fault.Answer;
import io.dynavault.testing.fault.Fault.AnswerFromBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.CRC32;

/** The error answers of DynamoDB and S3, as the services write them. */
public final class AwsFaults {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DYNAMODB = "com.amazonaws.dynamodb.v20120810#";
  private static final String CORAL = "com.amazon.coral.service#";

  private AwsFaults() {}

  public static Fault provisionedThroughputExceeded() {
    return dynamoDb(
        400, DYNAMODB + "ProvisionedThroughputExceededException", "The level of … was exceeded");
  }

  public static Fault throttling() {
    return dynamoDb(400, CORAL + "ThrottlingException", "Rate of requests exceeds the limit");
  }

  public static Fault requestLimitExceeded() {
    return dynamoDb(400, DYNAMODB + "RequestLimitExceeded", "Throughput exceeds the account limit");
  }

  public static Fault dynamoDbInternalError() {
    return dynamoDb(500, DYNAMODB + "InternalServerError", "The request failed");
  }

  public static Fault dynamoDbUnavailable() {
    return dynamoDb(503, CORAL + "ServiceUnavailableException", "The service is unavailable");
  }

  public static Fault dynamoDbExpiredToken() {
    return dynamoDb(
        400, CORAL + "ExpiredTokenException", "The security token in the request is expired");
  }

  public static Fault dynamoDbAccessDenied() {
    return dynamoDb(400, CORAL + "AccessDeniedException", "User is not authorized to perform");
  }

  public static Fault tableNotFound() {
    return dynamoDb(
        400, DYNAMODB + "ResourceNotFoundException", "Cannot do operations on a missing table");
  }

  /** BatchWriteItem succeeds without writing anything: all items come back as unprocessed. */
  public static Fault allUnprocessed() {
    return new AnswerFromBody(
        body -> {
          try {
            JsonNode items = JSON.readTree(body).path("RequestItems");
            return json(200, "{\"UnprocessedItems\":" + items + "}");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Any error of DynamoDB. */
  public static Answer dynamoDb(int status, String type, String message) {
    return json(status, "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
  }

  public static Fault slowDown() {
    return s3(503, "SlowDown", "Please reduce your request rate.");
  }

  public static Fault s3InternalError() {
    return s3(500, "InternalError", "We encountered an internal error. Please try again.");
  }

  /** CompleteMultipartUpload and CopyObject may fail after the status line has been sent. */
  public static Fault s3ErrorWithStatus200() {
    return s3(200, "InternalError", "We encountered an internal error. Please try again.");
  }

  public static Fault s3AccessDenied() {
    return s3(403, "AccessDenied", "Access Denied");
  }

  public static Fault s3ExpiredToken() {
    return s3(400, "ExpiredToken", "The provided token has expired.");
  }

  public static Fault s3RequestTimeTooSkewed() {
    return s3(403, "RequestTimeTooSkewed", "The difference between the times is too large.");
  }

  /** Any error of S3. */
  public static Answer s3(int status, String code, String message) {
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message>"
                .formatted(code, message)
            + "<RequestId>FAULT</RequestId></Error>";
    return new Answer(
        status,
        Map.of("Content-Type", "application/xml", "x-amz-request-id", "FAULT"),
        xml.getBytes(UTF_8));
  }

  private static Answer json(int status, String json) {
    byte[] body = json.getBytes(UTF_8);
    CRC32 crc = new CRC32();
    crc.update(body);
    return new Answer(
        status,
        Map.of(
            "Content-Type", "application/x-amz-json-1.0",
            "x-amzn-RequestId", "FAULT",
            "x-amz-crc32", String.valueOf(crc.getValue())),
        body);
  }
}
