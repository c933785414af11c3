// SPDX-License-Identifier: Apache-2.0
// What one does by hand with the output of `aws dynamodb scan`: cut it into requests of 25 items (or fewer), and give each
// to `aws dynamodb batch-write-item`. Arguments: aws, endpoint, file, table, items per request, items to restore at most.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [aws, endpoint, file, table, perRequest, most] = process.argv.slice(2);
const items = JSON.parse(readFileSync(file, 'utf8')).Items.slice(0, Number(most));
let refused = 0;
for (let from = 0; from < items.length; from += Number(perRequest)) {
  const puts = items.slice(from, from + Number(perRequest)).map(item => ({ PutRequest: { Item: item } }));
  writeFileSync('request.json', JSON.stringify({ [table]: puts }));
  try {
    const args = ['dynamodb', 'batch-write-item', '--endpoint-url', endpoint, '--request-items', 'file://request.json'];
    const answer = JSON.parse(execFileSync(aws, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
    refused += Object.values(answer.UnprocessedItems).flat().length;
  } catch (error) {
    console.error(error.message);
    refused += puts.length;
  }
}
process.exitCode = refused > 0 ? 1 : 0;
