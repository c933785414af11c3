// SPDX-License-Identifier: Apache-2.0
// The tools, their versions and the commands that back up table `source` and restore it as `target`, as their manuals say.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Items of one Scan request; DynamoDB Local reads the whole table for each request that sets no limit. */
export const LIMIT = 1000;
/** Segments of tools that scan in parallel. */
export const SEGMENTS = 4;
/** The AWS CLI restores with one process for 25 items: more would only take longer. */
export const AWS_CLI_ITEMS = 500;

const BUCKET = 'dynavault';
const DYNAMODB = process.env.AWS_ENDPOINT_URL_DYNAMODB;
const OVER_SDK_2 = ['node', '-r', './drivers/sdk-endpoints.cjs'];

function dynavault(executable) {
  const vault = ['--vault', `s3://${BUCKET}/vault`];
  const workers = ['--workers', `${SEGMENTS}`, '--no-progress'];
  return {
    name: 'Dynavault',
    version: execFileSync(executable, ['version'], { encoding: 'utf8' }).split(' ')[1],
    prepare: () => execFileSync(executable, ['vault', 'create', ...vault]),
    backup: source => [executable, 'backup', ...vault, '--table', source, ...workers],
    restore: (source, target) => [
      ...[executable, 'restore', ...vault, '--table', source, '--target-table', target, ...workers],
    ],
    createsTable: true,
    compare: (source, target) => [
      ...[executable, 'compare', 'latest', ...vault, '--table', source, '--with', target, '--json', '--no-progress'],
    ],
    files: 'gzip, an AWS export',
  };
}

function awsCli(executable) {
  const version = execFileSync(executable, ['--version'], { encoding: 'utf8' }).match(/aws-cli\/(\S+)/)[1];
  const file = source => `aws-${source}.json`;
  return {
    name: `AWS CLI ${version[0]}`,
    version,
    backup: source => [
      ...[executable, 'dynamodb', 'scan', '--endpoint-url', DYNAMODB, '--table-name', source],
      ...['--page-size', `${LIMIT}`, '--output', 'json'],
    ],
    output: file,
    restore: (source, target, perRequest = 25) => [
      ...['node', 'drivers/aws-cli-restore.mjs', executable, DYNAMODB, file(source), target],
      ...[`${perRequest}`, `${AWS_CLI_ITEMS}`],
    ],
    restores: AWS_CLI_ITEMS,
    files: 'JSON',
  };
}

function dynamoBackupToS3() {
  const folder = 'node_modules/dynamo-backup-to-s3/bin';
  const region = ['--aws-region', process.env.AWS_REGION];
  return {
    name: 'dynamo-backup-to-s3',
    version: packageVersion('dynamo-backup-to-s3'),
    backup: source => [
      ...[...OVER_SDK_2, `${folder}/dynamo-backup-to-s3`, '-b', BUCKET, '-i', source, '-p', 'peer', '-r', '0.25', '-e'],
      ...region,
    ],
    restore: (source, target) => [
      ...[...OVER_SDK_2, `${folder}/dynamo-restore-from-s3`, '-s', `s3://${BUCKET}/peer/${source}.json`, '-t', target],
      ...['-o', '--partitionkey', 'pk', '--sortkey', 'sk', ...region],
    ],
    patience: 12, // seconds for a few items, which it needs 5 for; where it fails it loops for ever
    files: 'JSON',
  };
}

function dynamodbBackupRestore() {
  const driver = ['env', `AWS_ENDPOINT_URL_S3=${process.env.VERSIONED_S3}`, ...OVER_SDK_2, 'drivers/versioned-backup.cjs'];
  return {
    name: 'dynamodb-backup-restore',
    version: packageVersion('dynamodb-backup-restore'),
    backup: source => [...driver, 'backup', BUCKET, source, source],
    restore: (source, target) => [...driver, 'restore', BUCKET, source, target],
    files: 'an S3 object for each item',
  };
}

function copyDynamodbTable() {
  return {
    name: 'copy-dynamodb-table',
    version: packageVersion('copy-dynamodb-table'),
    restore: (source, target) => [...OVER_SDK_2, 'drivers/copy-table.cjs', source, target],
    createsTable: true,
    files: 'none: table to table',
  };
}

function parallelScan() {
  return {
    name: '@shelf/dynamodb-parallel-scan',
    version: packageVersion('@shelf/dynamodb-parallel-scan'),
    backup: source => ['node', 'drivers/parallel-scan.mjs', source, `${SEGMENTS}`, `${LIMIT}`, `scan-${source}.json`],
    files: 'reads only; JSON by the driver',
  };
}

function packageVersion(name) {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
}

/** The AWS CLIs on the path, one of each version, the newest first. */
function awsClis() {
  const files = execFileSync('bash', ['-c', 'type -ap aws || true'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  const clis = new Map(files.map(awsCli).map(cli => [cli.version, cli]));
  return [...clis.values()].sort((a, b) => b.version.localeCompare(a.version));
}

export function tools(executable) {
  return [
    dynavault(executable),
    ...awsClis(),
    dynamoBackupToS3(),
    dynamodbBackupRestore(),
    copyDynamodbTable(),
    parallelScan(),
  ];
}

/** The commands as a reader can repeat them: no folders of this machine, no ports. */
export function commands(tool) {
  const backup = tool.backup && shown(tool.backup('TABLE')) + (tool.output ? ` > ${tool.output('TABLE')}` : '');
  return [backup, tool.restore && shown(tool.restore('TABLE', 'TARGET'))].filter(Boolean);
}

function shown(command) {
  return command
    .filter(word => word !== 'env')
    .map(word => word.replaceAll(DYNAMODB, '$DYNAMODB').replaceAll(`${process.env.VERSIONED_S3}`, '$VERSIONED_S3'))
    .map(word => word.replace(/^\/.*\//, ''))
    .join(' ');
}
