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
    "400, ExpiredTokenException, CREDENTIALS",
    "400, UnrecognizedClientException, CREDENTIALS",
    "400, InvalidSignatureException, CREDENTIALS",
    "400, MissingAuthenticationTokenException, CREDENTIALS",
    "400, AccessDeniedException, ACCESS_DENIED",
    "400, ResourceNotFoundException, TABLE_NOT_FOUND",
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

  private static ErrorAnswer parse(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return ErrorAnswer.parse(status, bytes, bytes.length);
  }
}
