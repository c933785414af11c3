// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

/** The account and region that templates are worked out for. */
public final class Account {
  public static final String ID = "111122223333";
  public static final String REGION = "eu-west-1";
  public static final String PARTITION = "aws";

  private Account() {}

  /** The ARN of something of a service. */
  public static String arn(String service, String resource) {
    return "arn:" + PARTITION + ":" + service + ":" + REGION + ":" + ID + ":" + resource;
  }

  /** The ARN of a role. */
  public static String role(String name) {
    return "arn:" + PARTITION + ":iam::" + ID + ":role/" + name;
  }
}
