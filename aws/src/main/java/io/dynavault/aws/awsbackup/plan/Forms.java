// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Forms of names and ARNs (AWS Backup API Reference), as parsers that say what is wrong. */
final class Forms {
  private static final Pattern PLAN = Pattern.compile("[a-zA-Z0-9\\-_.]{1,200}");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9\\-_.]{1,50}");
  private static final Pattern TEST = Pattern.compile("[a-zA-Z0-9_]{1,50}");
  private static final Pattern VAULT = Pattern.compile("[a-zA-Z0-9\\-_]{2,50}");
  private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+");
  private static final Pattern VAULT_ARN =
      Pattern.compile("arn:aws[a-z-]*:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:.+");
  private static final Pattern KEY = Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:.+");
  private static final Pattern TOPIC =
      Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]+");
  private static final Pattern TABLE = Pattern.compile("[a-zA-Z0-9_.*-]{1,255}");
  private static final String TABLE_ARN = "arn:%s:dynamodb:*:*:table/";

  private Forms() {}

  static String planName(String text) {
    return require(text, PLAN, "1 to 200 characters of a-z, A-Z, 0-9, '-', '_' and '.'");
  }

  /** Name of a rule or a selection. */
  static String name(String text) {
    return require(text, NAME, "1 to 50 characters of a-z, A-Z, 0-9, '-', '_' and '.'");
  }

  /** Name of a restore testing plan or of a selection of one. */
  static String testName(String text) {
    return require(text, TEST, "1 to 50 characters of a-z, A-Z, 0-9 and '_'");
  }

  static String vault(String text) {
    return require(text, VAULT, "2 to 50 characters of a-z, A-Z, 0-9, '-' and '_'");
  }

  static String role(String text) {
    return require(text, ROLE, "an ARN such as arn:aws:iam::111122223333:role/backup");
  }

  static String vaultArn(String text) {
    return require(
        text, VAULT_ARN, "an ARN such as arn:aws:backup:eu-west-1:111122223333:backup-vault:main");
  }

  static String key(String text) {
    return require(text, KEY, "the ARN of a key of KMS");
  }

  static String topic(String text) {
    return require(text, TOPIC, "an ARN such as arn:aws:sns:eu-west-1:111122223333:backups");
  }

  /**
   * An ARN, {@code *}, or a table's name or pattern, which is made an ARN.
   *
   * @param role of the selection: its tables are in the same partition, such as {@code aws-cn}
   */
  static String resource(String text, String role) {
    if (text.equals("*") || text.startsWith("arn:")) {
      return text;
    }
    String table = require(text, TABLE, "a table's name or pattern, or an ARN");
    return TABLE_ARN.formatted(ROLE.matcher(role).matches() ? role.split(":")[1] : "aws") + table;
  }

  /** {@code KEY=VALUE}. */
  static PlanSelection.Tag tag(String text) {
    int at = text.indexOf('=');
    if (at < 1) {
      throw new IllegalArgumentException("'" + text + "' is not of the form KEY=VALUE");
    }
    return new PlanSelection.Tag(text.substring(0, at), text.substring(at + 1));
  }

  /** Notes names that are given more than once. */
  static <T> void requireUnique(
      YamlFields fields, String field, List<T> things, Function<T, String> name) {
    Set<String> seen = new HashSet<>();
    for (T thing : things) {
      if (!name.apply(thing).isEmpty() && !seen.add(name.apply(thing))) {
        fields.problem(field, "two are called '" + name.apply(thing) + "'");
      }
    }
  }

  /** Notes that there are more than AWS takes. */
  static void requireAtMost(YamlFields fields, String field, int count, int most) {
    if (count > most) {
      fields.problem(field, count + " are more than AWS Backup takes, " + most);
    }
  }

  private static String require(String text, Pattern pattern, String form) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not " + form);
    }
    return text;
  }
}
