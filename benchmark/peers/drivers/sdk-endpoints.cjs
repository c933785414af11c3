// SPDX-License-Identifier: Apache-2.0
// Loaded before tools that use version 2 of AWS's SDK for JavaScript, which knows no setting for endpoints: gives the
// servers of this machine to each copy of the SDK that such a tool loads. The tools' files stay as they were published.
const Module = require('node:module');

const load = Module._load;
const seen = new Set();
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === 'aws-sdk' && !seen.has(loaded)) {
    seen.add(loaded);
    const servers = {
      region: process.env.AWS_REGION,
      dynamodb: { endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB },
      s3: { endpoint: process.env.AWS_ENDPOINT_URL_S3, s3ForcePathStyle: true },
    };
    loaded.config.update(servers, true);
  }
  return loaded;
};
