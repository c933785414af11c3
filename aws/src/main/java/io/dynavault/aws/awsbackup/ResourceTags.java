// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.ListTagsResponse;

/** Tags of vaults, plans and recovery points of AWS Backup. */
public final class ResourceTags {
  private final BackupClient client;

  public ResourceTags(BackupClient client) {
    this.client = requireNonNull(client, "client is null");
  }

  /** The tags of one of them. */
  public Map<String, String> of(String arn) {
    List<Map<String, String>> pages =
        Pages.all(
            token ->
                Calls.call(
                    "ListTags",
                    "list the tags of '" + arn + "'",
                    () -> client.listTags(b -> b.resourceArn(arn).nextToken(token))),
            answer -> List.of(answer.tags()),
            ListTagsResponse::nextToken,
            page -> page);
    Map<String, String> tags = new TreeMap<>();
    pages.forEach(tags::putAll);
    tags.keySet().removeIf(key -> key.startsWith("aws:")); // AWS's own, which nobody can change
    return tags;
  }

  /** Makes the tags of one of them what is wanted. */
  public void retag(String arn, Map<String, String> wanted) {
    Map<String, String> present = of(arn);
    List<String> gone = present.keySet().stream().filter(key -> !wanted.containsKey(key)).toList();
    if (!gone.isEmpty()) {
      Calls.call(
          "UntagResource",
          "remove tags of '" + arn + "'",
          () -> client.untagResource(b -> b.resourceArn(arn).tagKeyList(gone)));
    }
    if (!present.entrySet().containsAll(wanted.entrySet())) {
      Calls.call(
          "TagResource",
          "tag '" + arn + "'",
          () -> client.tagResource(b -> b.resourceArn(arn).tags(wanted)));
    }
  }
}
