// SPDX-License-Identifier: Apache-2.0
// dynamodb-backup-restore as its README uses it. Arguments: backup or restore, bucket, prefix, table.
const { Backup, Restore } = require('dynamodb-backup-restore');

const [action, bucket, prefix, table] = process.argv.slice(2);
const region = process.env.AWS_REGION;
const config = { S3Bucket: bucket, S3Prefix: prefix, S3Region: region, DbTable: table, DbRegion: region };
const done = action === 'backup' ? new Backup(config).full() : Restore(config);
done.catch(error => {
  console.log(error);
  process.exitCode = 1;
});
