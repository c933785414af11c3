// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.SdkErrors;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Calls AWS Backup and says in its errors what could not be done (AWS Backup API, "Errors"). */
public final class Calls {
  private static final String SERVICE = "backup:";

  /** What AWS Backup answers for a vault that does not exist, or that is not to be seen. */
  private static final String INSUFFICIENT = "Insufficient privileges";

  private static final Pattern LOCK = Pattern.compile("\\block(ed)?\\b");

  private Calls() {}

  /**
   * Calls an operation.
   *
   * @param operation such as {@code StartBackupJob}
   * @param action what it is for, such as {@code delete vault 'main'}
   * @throws DynavaultException typed, never an exception of the SDK
   */
  public static <T> T call(String operation, String action, Supplier<T> request) {
    try {
      return SdkErrors.call(SERVICE + operation, request);
    } catch (RefusedException e) {
      throw typed(operation, action, e);
    }
  }

  private static DynavaultException typed(String operation, String action, RefusedException e) {
    String reason = reason(operation, e);
    String message = "unable to " + action + ": " + reason;
    String kind = action.replaceAll("'[^']*'", ""); // names may have any words
    return switch (e.awsError()) {
      case "AccessDeniedException", "AccessDenied" ->
          refused(e, ErrorCode.ACCESS_DENIED, message, accessHint(operation, reason, e));
      case "ResourceNotFoundException" -> notFound(kind, message, e);
      case "AlreadyExistsException" ->
          kind.contains("vault")
              ? refused(e, ErrorCode.VAULT_EXISTS, message, "use the one that is there")
              : refused(e, e.code(), message, e.hint());
      case "InvalidResourceStateException", "ConflictException" ->
          refused(
              e,
              ErrorCode.RESOURCE_IN_USE,
              message,
              "something else is being done with it; run again in some minutes");
      case "LimitExceededException" ->
          refused(
              e,
              ErrorCode.LIMIT_EXCEEDED,
              message,
              "delete what is not needed, or ask AWS for a higher quota of AWS Backup");
      case "InvalidRequestException", "InvalidParameterValueException" ->
          invalid(reason, message, e);
      default -> refused(e, e.code(), message, e.hint());
    };
  }

  private static DynavaultException notFound(String kind, String message, RefusedException e) {
    if (kind.contains("recovery point")) {
      return refused(
          e,
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          message,
          "see what there is with: dynavault aws-backup points list");
    }
    if (kind.contains("vault")) {
      return refused(
          e,
          ErrorCode.VAULT_NOT_FOUND,
          message,
          "see what there is with: dynavault aws-backup vault list");
    }
    return refused(
        e, ErrorCode.RESOURCE_NOT_FOUND, message, "check the id or name, --region and --profile");
  }

  private static DynavaultException invalid(String reason, String message, RefusedException e) {
    String text = reason.toLowerCase(Locale.ROOT);
    if (text.contains("contains recovery points")) {
      return refused(
          e,
          ErrorCode.REQUEST_REFUSED,
          message,
          "delete its recovery points first: dynavault aws-backup points list --vault-name NAME");
    }
    if (text.contains("immutable")
        || text.contains("retention period")
        || LOCK.matcher(text).find()) {
      return refused(e, ErrorCode.LOCKED, message, "the vault's lock forbids it");
    }
    if (text.contains("legal hold")) {
      return refused(e, ErrorCode.LOCKED, message, "a legal hold forbids it until it is released");
    }
    if (text.contains("cannot be assumed") || text.contains("is not authorized to call")) {
      return refused(
          e,
          ErrorCode.ACCESS_DENIED,
          message,
          "the role has to trust backup.amazonaws.com and needs the managed policies"
              + " AWSBackupServiceRolePolicyForBackup and AWSBackupServiceRolePolicyForRestores");
    }
    return refused(e, ErrorCode.REQUEST_REFUSED, message, e.hint());
  }

  private static String accessHint(String operation, String reason, RefusedException e) {
    return reason.contains(INSUFFICIENT)
        ? "AWS says so of vaults that do not exist, too: see dynavault aws-backup vault list;"
            + " otherwise the vault's access policy or a missing "
            + SERVICE
            + operation
            + " forbids it"
        : e.hint();
  }

  private static RefusedException refused(
      RefusedException cause, ErrorCode code, String message, String hint) {
    return new RefusedException(code, cause.awsError(), message, hint);
  }

  /** What the service said, without the beginning that our transport gave it. */
  private static String reason(String operation, RefusedException e) {
    String text = e.getMessage();
    int at = text.indexOf(operation + ": ");
    String rest = at < 0 ? text : text.substring(at + operation.length() + 2);
    String name = e.awsError() + ": ";
    return rest.startsWith(name) ? rest.substring(name.length()) : rest;
  }
}
