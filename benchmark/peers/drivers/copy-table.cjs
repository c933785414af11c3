// SPDX-License-Identifier: Apache-2.0
// copy-dynamodb-table as its README uses it. Arguments: source, target.
const { copy } = require('copy-dynamodb-table');

const [source, target] = process.argv.slice(2);
copy({ source: { tableName: source }, destination: { tableName: target }, create: true }, (error, result) => {
  console.log(error ?? result);
  process.exitCode = error ? 1 : 0;
});
