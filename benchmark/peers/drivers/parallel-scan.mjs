// SPDX-License-Identifier: Apache-2.0
// @shelf/dynamodb-parallel-scan as its README uses it, each chunk written as lines of JSON. Arguments: table, segments,
// limit, file.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parallelScanAsStream } from '@shelf/dynamodb-parallel-scan';

const [table, segments, limit, file] = process.argv.slice(2);
const chunks = await parallelScanAsStream(
  { TableName: table, Limit: Number(limit) },
  { concurrency: Number(segments), chunkSize: 1000, highWaterMark: 1000 },
);
async function* lines() {
  for await (const items of chunks) {
    yield items.map(item => `${JSON.stringify(item)}\n`).join('');
  }
}
await pipeline(lines(), createWriteStream(file));
