// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

/** What is asked of S3: the word for it in messages and the IAM action that it needs. */
enum S3Operation {
  STAT("read", "s3:GetObject and s3:ListBucket"),
  READ("read", "s3:GetObject"),
  WRITE("write", "s3:PutObject"),
  DELETE("delete", "s3:DeleteObject"),
  LIST("list", "s3:ListBucket"),
  LIST_UNFINISHED("list the unfinished uploads of", "s3:ListBucketMultipartUploads"),
  DISCARD("discard an upload of", "s3:AbortMultipartUpload");

  private final String verb;
  private final String iamAction;

  S3Operation(String verb, String iamAction) {
    this.verb = verb;
    this.iamAction = iamAction;
  }

  String verb() {
    return verb;
  }

  String iamAction() {
    return iamAction;
  }
}
