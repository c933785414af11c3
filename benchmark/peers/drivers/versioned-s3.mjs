// SPDX-License-Identifier: Apache-2.0
// As much of a versioned S3 bucket as dynamodb-backup-restore needs, in memory: one version of each object. S3Proxy has no
// versions. Prints its endpoint and runs until it is ended.
import { createServer } from 'node:http';

const PAGE = 1000;
const objects = new Map();

function versions(prefix, after) {
  const keys = [...objects.keys()].filter(key => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, PAGE);
  const entries = page.map(
    key => `<Version><Key>${key}</Key><VersionId>1</VersionId><IsLatest>true</IsLatest>\
<LastModified>${objects.get(key).time}</LastModified><Size>${objects.get(key).body.length}</Size></Version>`,
  );
  const more = keys.length > PAGE;
  const next = more ? `<NextKeyMarker>${page.at(-1)}</NextKeyMarker><NextVersionIdMarker>1</NextVersionIdMarker>` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListVersionsResult><IsTruncated>${more}</IsTruncated>${next}${entries.join('')}</ListVersionsResult>`;
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  if (request.method === 'PUT') {
    objects.set(key, { body: Buffer.concat(chunks), time: new Date().toISOString() });
    response.end();
  } else if (url.searchParams.has('versions')) {
    const { searchParams } = url;
    response.setHeader('content-type', 'application/xml');
    response.end(versions(searchParams.get('prefix') ?? '', searchParams.get('key-marker') ?? ''));
  } else if (objects.has(key)) {
    response.end(objects.get(key).body);
  } else {
    response.statusCode = 404;
    response.end();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
