// SPDX-License-Identifier: Apache-2.0
// Runs every tool on the same tables and prints what came back, as JSON. Started by ./run, in a temporary folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { ordinary, types } from './corpus.mjs';
import { createTable, dropTable, read, write } from './dynamodb.mjs';
import { compare, keyOf } from './same.mjs';
import { commands, tools } from './tools.mjs';

const ORDINARY = 20_000;
// Capacity of the tables. Four times the limit of a Scan, because dynamo-backup-to-s3 takes a share of it for its limit.
const CAPACITY = { one: 400, types: 400, ordinary: 4000 };
const SECONDS = { one: 60, types: 60, ordinary: 150 };
const TIMED_OUT = 124;

/** Runs a command and measures it and its children, as far as it waited for them. */
function run(command, seconds, output) {
  const log = openSync('log.txt', 'a');
  const out = output ? openSync(output, 'w') : log;
  const limited = ['timeout', '-k', '5', `${seconds}`, ...command];
  const time = ['-q', '-f', '%e %U %S %M', '-o', 'time.txt', ...limited];
  const { status } = spawnSync('/usr/bin/time', time, { stdio: ['ignore', out, log] });
  const [wall, user, system, rss] = readFileSync('time.txt', 'utf8').trim().split('\n').at(-1).split(' ').map(Number);
  const end = status === 0 ? 'ok' : status === TIMED_OUT ? 'endless' : 'error';
  return { end, wall, cpu: user + system, rssMb: rss / 1024 };
}

/** Backs up one table, restores it as another, compares the two and drops the second one. */
async function roundTrip(tool, source, kind = source, perRequest = undefined) {
  const target = `${source}-restored`;
  const patience = kind === 'types' ? (tool.patience ?? SECONDS.types) : SECONDS[kind];
  const backup = tool.backup && run(tool.backup(source), patience, tool.output?.(source));
  if (!tool.restore) {
    return { backup };
  }
  if (!tool.createsTable) {
    await createTable(target, CAPACITY[kind]);
  }
  const restore = run(tool.restore(source, target, perRequest), patience);
  const difference = compare(await read(source), await read(target).catch(() => []));
  const agrees = source === kind ? judgedByDynavault(source, target, difference) : undefined;
  await dropTable(target);
  return { backup, restore, difference, agrees };
}

/** Whether Dynavault, which has backed up the source before, finds the same differences. */
function judgedByDynavault(source, target, difference) {
  const [command, ...args] = dynavault.compare(source, target);
  const { stdout } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const verdict = JSON.parse(stdout.trim().split('\n').at(-1) || '{}');
  return Object.entries(difference).every(([kind, keys]) => verdict[kind] === keys.length);
}

/** Of each group how many items came back, and how the tool ended. */
async function fidelity(tool, groups) {
  const whole = await roundTrip(tool, 'types');
  const same = new Set(whole.difference.same);
  const results = [];
  for (const { group, items } of groups) {
    const survivors = items.filter(item => same.has(keyOf(item))).length;
    // One item can keep others from being restored. Each group that lacks one gets a table of its own, to be fair.
    const alone = survivors < items.length && whole.difference.missing.length > 0;
    const trip = alone ? await ofGroup(tool, items) : whole;
    results.push({ group, total: items.length, same: alone ? trip.difference.same.length : survivors, end: endOf(trip) });
  }
  return { groups: results, agrees: whole.agrees };
}

async function ofGroup(tool, items) {
  await fill('group', items, CAPACITY.types);
  const trip = await roundTrip(tool, 'group', 'types', 1);
  await dropTable('group');
  return trip;
}

function endOf({ backup, restore }) {
  return backup && backup.end !== 'ok' ? backup.end : restore.end;
}

/** What a tool needs for a single item, and for many. */
async function speed(tool) {
  const one = await roundTrip(tool, 'one');
  const ordinary = await roundTrip(tool, 'ordinary');
  const counts = Object.entries(ordinary.difference ?? {}).map(([kind, keys]) => [kind, keys.length]);
  return {
    backup: tool.backup && { one: one.backup, ordinary: ordinary.backup },
    restore: tool.restore && { one: one.restore, ordinary: ordinary.restore, ...Object.fromEntries(counts) },
    agrees: ordinary.agrees,
  };
}

async function fill(table, items, capacity) {
  await createTable(table, capacity);
  await write(table, items);
}

function machine(executable) {
  const versionOf = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' }).trim();
  const system = readFileSync('/etc/os-release', 'utf8').match(/PRETTY_NAME="(.*)"/)[1];
  return {
    date: new Date().toISOString().slice(0, 10),
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system,
    java: versionOf(executable, 'version').match(/Java ([^)]*)/)[1],
    node: process.version,
  };
}

function progress(text) {
  process.stderr.write(`peers: ${text}\n`);
}

const [executable] = process.argv.slice(2);
const all = tools(executable);
const dynavault = all[0];
const newestCli = all.find(tool => tool.restores);
const groups = types();
const rows = all.map(tool => ({
  ...{ name: tool.name, version: tool.version, files: tool.files, restores: tool.restores },
  commands: commands(tool),
}));
dynavault.prepare();
await fill('types', groups.flatMap(({ items }) => items), CAPACITY.types);
await fill('one', ordinary(1), CAPACITY.one);
await fill('ordinary', ordinary(ORDINARY), CAPACITY.ordinary);
for (const [i, tool] of all.entries()) {
  progress(`${tool.name} ${tool.version}`);
  rows[i].fidelity = tool.restore && (await fidelity(tool, groups));
  rows[i].speed = !tool.restores || tool === newestCli ? await speed(tool) : undefined;
}
const report = { machine: machine(executable), items: ORDINARY, tools: rows };
console.log(JSON.stringify(report, undefined, 1));
