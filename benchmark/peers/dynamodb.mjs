// SPDX-License-Identifier: Apache-2.0
// The few operations of DynamoDB that the measurement itself needs, over plain HTTP: no SDK, and nothing of Dynavault, has
// a say in what an item is. Numbers of DynamoDB JSON are text, so that JSON.parse loses nothing.

const ENDPOINT = process.env.AWS_ENDPOINT_URL_DYNAMODB;
// DynamoDB Local wants a signature and does not check it.
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=peers/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
const BATCH = 25;
const LANES = 4;
const PAGE = 1000;

export async function call(operation, request) {
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization: AUTHORIZATION,
      connection: 'close', // a tool may run for longer than the server keeps one open
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${operation}: ${text}`);
  }
  return JSON.parse(text);
}

/** Keys pk and sk, both strings; provisioned, because one of the tools reads tables on demand item by item. */
export async function createTable(name, capacity) {
  await call('CreateTable', {
    TableName: name,
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    ProvisionedThroughput: { ReadCapacityUnits: capacity, WriteCapacityUnits: capacity },
  });
}

export async function dropTable(name) {
  await call('DeleteTable', { TableName: name }).catch(error => {
    if (!error.message.includes('ResourceNotFoundException')) {
      throw error;
    }
  });
}

/** Writes items in batches, a few at the same time; all of them, or throws. */
export async function write(table, items) {
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const puts = items.slice(next, (next += BATCH)).map(item => ({ PutRequest: { Item: item } }));
      const answer = await call('BatchWriteItem', { RequestItems: { [table]: puts } });
      if (Object.keys(answer.UnprocessedItems).length > 0) {
        throw new Error(`BatchWriteItem left items of ${table} unprocessed`);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

export async function read(table) {
  const items = [];
  let from;
  do {
    const page = await call('Scan', { TableName: table, Limit: PAGE, ExclusiveStartKey: from });
    items.push(...page.Items);
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}
