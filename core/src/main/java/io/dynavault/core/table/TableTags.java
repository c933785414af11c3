// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import io.dynavault.core.transport.SdkErrors;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** Reads the tags of a table, page by page. */
final class TableTags {
  private TableTags() {}

  static Map<String, String> read(DynamoDbClient dynamoDb, String tableArn) {
    Map<String, String> tags = new TreeMap<>();
    @Nullable String next = null;
    do {
      ListTagsOfResourceRequest request =
          ListTagsOfResourceRequest.builder().resourceArn(tableArn).nextToken(next).build();
      ListTagsOfResourceResponse page =
          SdkErrors.call("ListTagsOfResource", () -> dynamoDb.listTagsOfResource(request));
      for (Tag tag : page.tags()) {
        tags.put(tag.key(), tag.value() == null ? "" : tag.value());
      }
      next = page.nextToken();
    } while (next != null && !next.isEmpty());
    return tags;
  }
}
