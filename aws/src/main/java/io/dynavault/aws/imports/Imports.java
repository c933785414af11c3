// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.PacedCalls;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ImportSummary;
import software.amazon.awssdk.services.dynamodb.model.ListImportsRequest;

/** DynamoDB's imports of a region: begins, describes and lists them. Safe for several threads. */
public final class Imports {
  private static final int PAGE = 25;

  /** Imports into a table of one name within the eight hours for which AWS knows a token. */
  private static final int MOST_BEFORE = 50;

  private final DynamoDbClient client;
  private final PacedCalls calls;

  public Imports(DynamoDbClient client, PacedCalls calls) {
    this.client = requireNonNull(client, "client is null");
    this.calls = requireNonNull(calls, "calls is null");
  }

  /**
   * Has AWS begin an import. One that was begun before, whether or not its answer arrived, is not
   * begun again.
   *
   * @return the import, which has not ended
   * @throws DynavaultException {@code TABLE_EXISTS}, {@code LIMIT_EXCEEDED}, {@code
   *     REQUEST_CONFLICT} and other refusals
   */
  public ImportInfo start(ImportRequest request) throws InterruptedException {
    String token = ClientToken.of(request);
    for (int before = 0; before < MOST_BEFORE; before++) {
      ImportInfo answer = call(request, token);
      if (!answer.hasEnded()) {
        requireSame(request, answer);
        return answer;
      }
      // AWS gives back the import of hours ago, whose table was deleted since, and begins nothing.
      token = ClientToken.after(token, answer.arn());
    }
    throw new DynavaultException(
        ErrorCode.REQUEST_CONFLICT,
        "unable to import table '%s': AWS gives back imports that have ended"
            .formatted(request.tableName()),
        "import into a table of another name");
  }

  private ImportInfo call(ImportRequest request, String token) throws InterruptedException {
    try {
      return ImportInfo.of(
          calls.call(
              "ImportTable",
              Set.of("LimitExceededException"),
              () -> client.importTable(ImportCall.of(request, token)).importTableDescription()));
    } catch (RefusedException e) {
      throw ImportErrors.ofStart(request, e);
    }
  }

  /**
   * A token that AWS knows for other files would be answered with the import of those. Servers that
   * imitate AWS may not say what they import.
   */
  private static void requireSame(ImportRequest request, ImportInfo answer) {
    boolean others =
        !answer.source().isEmpty() && !answer.source().equals(request.files().location());
    if (others || !answer.tableName().equals(request.tableName())) {
      throw new DynavaultException(
          ErrorCode.REQUEST_CONFLICT,
          "unable to import table '%s': AWS has answered with the import of '%s' into table '%s'"
              .formatted(request.tableName(), answer.source(), answer.tableName()),
          "see it with: dynavault imports describe " + answer.arn());
    }
  }

  /**
   * Asks AWS for an import.
   *
   * @throws DynavaultException {@code RESOURCE_NOT_FOUND}
   */
  public ImportInfo describe(ImportArn arn) throws InterruptedException {
    return ImportInfo.of(
        calls.call(
            "DescribeImport",
            () -> client.describeImport(b -> b.importArn(arn.text())).importTableDescription()));
  }

  /** Imports of the last 90 days, the newest first; also those whose tables are gone. */
  public List<ImportInfo> list() throws InterruptedException {
    List<ImportInfo> found = new ArrayList<>();
    pages(
        summary -> {
          found.add(ImportInfo.of(summary));
          return true;
        });
    return found;
  }

  /** The newest import into a table of this name, with all that AWS tells. */
  public Optional<ImportInfo> newest(String tableName) throws InterruptedException {
    List<ImportInfo> found = new ArrayList<>();
    pages(
        summary -> {
          ImportInfo listed = ImportInfo.of(summary);
          if (listed.tableName().equals(tableName)) {
            found.add(listed);
          }
          return found.isEmpty();
        });
    return found.isEmpty() ? Optional.empty() : Optional.of(describe(found.get(0).arn()));
  }

  /**
   * Reads the list page by page.
   *
   * @param goOn takes a line, and says whether it wants another one
   */
  private void pages(Predicate<ImportSummary> goOn) throws InterruptedException {
    Optional<String> next = Optional.empty();
    do {
      ListImportsRequest.Builder request = ListImportsRequest.builder().pageSize(PAGE);
      next.ifPresent(request::nextToken);
      var page = calls.call("ListImports", () -> client.listImports(request.build()));
      for (ImportSummary summary : page.importSummaryList()) {
        if (!goOn.test(summary)) {
          return;
        }
      }
      next = Optional.ofNullable(page.nextToken());
    } while (next.isPresent());
  }
}
