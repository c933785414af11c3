// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorAnswerTest {
  private static final URI ENDPOINT = URI.create("http://localhost:8000");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TableInUseException\",\"message\":\"m\"}",
        "{\"__type\":\"TableInUseException\",\"Message\":\"m\"}",
        " {\"message\":\"m\",\"code\":\"TableInUseException\",\"more\":[1]} "
      })
  void findsNameAndMessageHoweverTheyAreWritten(String body) {
    assertThat(parse(400, body)).isEqualTo(new ErrorAnswer(400, "TableInUseException", "m"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>no</html>", "[]", "{}", "null", "{\"message\":\"m\"}", "{\"__type\":"})
  void takesAnythingElseForTheAnswerOfAnotherServer(String body) {
    ErrorAnswer answer = parse(400, body);

    assertThat(answer.name()).isEqualTo("HTTP 400");
    assertThat(answer.kind()).isEqualTo(ErrorAnswer.Kind.FOREIGN);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 500})
  void aRefusalWithoutANameIsThatOfAServerThatHasNoSuchOperation(int status) {
    assertThat(ErrorAnswer.of(status, "", "").toException("ListBackupSelections"))
        .isInstanceOfSatisfying(
            RefusedException.class, refused -> assertThat(refused.isNotOffered()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "400, ProvisionedThroughputExceededException, THROTTLED",
    "400, ThrottlingException, THROTTLED",
    "400, RequestLimitExceeded, THROTTLED",
    "400, ThrottlingError, THROTTLED",
    "503, SlowDown, THROTTLED",
    "500, InternalServerError, SERVICE_UNAVAILABLE",
    "503, ServiceUnavailable, SERVICE_UNAVAILABLE",
    "500, SomethingNew, SERVICE_UNAVAILABLE",
    "501, NotImplemented, UNSUPPORTED",
    "400, UnknownOperationException, UNSUPPORTED",
    "404, '', UNSUPPORTED",
    "403, '', REQUEST_REFUSED",
    "400, ExpiredTokenException, CREDENTIALS",
    "400, UnrecognizedClientException, CREDENTIALS",
    "400, InvalidSignatureException, CREDENTIALS",
    "400, MissingAuthenticationTokenException, CREDENTIALS",
    "400, AccessDeniedException, ACCESS_DENIED",
    "400, ResourceNotFoundException, TABLE_NOT_FOUND",
    "400, TableNotFoundException, TABLE_NOT_FOUND",
    "400, BackupNotFoundException, RECOVERY_POINT_NOT_FOUND",
    "400, ExportNotFoundException, EXPORT_NOT_FOUND",
    "400, ImportNotFoundException, RESOURCE_NOT_FOUND",
    "400, PointInTimeRecoveryUnavailableException, PITR_OFF",
    "400, InvalidRestoreTimeException, TIME_INVALID",
    "400, InvalidExportTimeException, TIME_INVALID",
    "400, TableAlreadyExistsException, TABLE_EXISTS",
    "400, TableInUseException, RESOURCE_IN_USE",
    "400, ResourceInUseException, RESOURCE_IN_USE",
    "400, BackupInUseException, RESOURCE_IN_USE",
    "400, ContinuousBackupsUnavailableException, RESOURCE_IN_USE",
    "400, ExportConflictException, REQUEST_CONFLICT",
    "400, ImportConflictException, REQUEST_CONFLICT",
    "400, LimitExceededException, LIMIT_EXCEEDED",
    "400, ValidationException, REQUEST_REFUSED",
    "413, RequestEntityTooLarge, REQUEST_REFUSED"
  })
  void givesEveryNameItsErrorCode(int status, String name, ErrorCode code) {
    DynavaultException exception = ErrorAnswer.of(status, name, "m").toException("Scan", ENDPOINT);

    assertThat(exception.code()).isEqualTo(code);
  }

  @Test
  void neverShowsTheSignedTextThatHoldsTheSessionToken() {
    ErrorAnswer answer =
        parse(
            400,
            "{\"__type\":\"InvalidSignatureException\",\"message\":\"The request signature we"
                + " calculated does not match.\\n\\nThe Canonical String for this request should"
                + " have been\\n'POST\\nx-amz-security-token:SECRET'\"}");

    assertThat(answer.message()).isEqualTo("The request signature we calculated does not match.");
  }

  @Test
  void makesMessagesFitForATerminal() {
    String body =
        "{\"__type\":\"ValidationException\",\"message\":\"a\\u001b[31mb\\nc\\u202e"
            + "x".repeat(2000)
            + "\"}";

    String message = parse(400, body).message();

    assertThat(message).startsWith("a\\u001b[31mb\\nc\\u202exxx").endsWith("…").hasSize(501);
  }

  @Test
  void namesOperationEndpointAndError() {
    DynavaultException exception =
        ErrorAnswer.of(400, "ValidationException", "bad").toException("Scan", ENDPOINT);

    assertThat(exception)
        .hasMessage("unable to call Scan at 'http://localhost:8000': ValidationException: bad");
    assertThat(exception.code()).isEqualTo(ErrorCode.REQUEST_REFUSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the action that is missing need not be the operation that was called
        "RestoreTableFromBackup | User: arn:aws:iam::1:user/u is not authorized to perform:"
            + " dynamodb:BatchWriteItem on resource: arn:aws:dynamodb:r:1:table/T because no"
            + " identity-based policy allows the dynamodb:BatchWriteItem action"
            + " | grant dynamodb:BatchWriteItem on arn:aws:dynamodb:r:1:table/T to these"
            + " credentials",
        "backup:StartBackupJob | User: u is not authorized to perform: backup:StartBackupJob"
            + " | grant backup:StartBackupJob to these credentials",
        "DeleteBackup | User: u is not authorized to perform: dynamodb:DeleteBackup on resource:"
            + " arn:b with an explicit deny in a service control policy"
            + " | a service control policy denies dynamodb:DeleteBackup on arn:b: no grant helps"
            + " while it does",
        "backup:DescribeRecoveryPoint | Insufficient privileges to perform this action."
            + " | check the vault's name, for AWS says the same of a vault that does not exist;"
            + " grant backup:DescribeRecoveryPoint to these credentials",
        "backup:ListBackupJobs | no | grant backup:ListBackupJobs to these credentials",
        "Scan | no | grant dynamodb:Scan on the table to these credentials"
      })
  void namesTheMissingPermission(String operation, String message, String hint) {
    DynavaultException exception =
        ErrorAnswer.of(400, "AccessDeniedException", message).toException(operation);

    assertThat(exception.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    assertThat(exception.hint()).isEqualTo(hint);
  }

  @Test
  void doesNotTakeWhatOtherServicesMissForATable() {
    assertThat(
            ErrorAnswer.of(400, "ResourceNotFoundException", "m")
                .toException("backup:DescribeBackupVault")
                .code())
        .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
  }

  private static ErrorAnswer parse(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ErrorAnswer.parse(status, bytes, bytes.length);
  }
}
