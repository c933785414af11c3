// SPDX-License-Identifier: Apache-2.0
// Writes the report of measure.mjs as tables: between the markers of a page, or to the output.
import { readFileSync, writeFileSync } from 'node:fs';
import { LIMIT, SEGMENTS } from './tools.mjs';

const BEGIN = '<!-- written by benchmark/peers/run -->';
const END = '<!-- end -->';

function table(header, rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

function titled({ name, version }) {
  return `${name} (${version})`;
}

const ENDS = { ok: 'silent', error: 'error', endless: 'never ends' };

function survived({ same, total, end }) {
  return same === total ? `${total}` : `**${same} of ${total}**, ${ENDS[end]}`;
}

function typesTable(tools) {
  const tested = tools.filter(tool => tool.fidelity);
  const [first] = tested;
  return table(
    ['items that came back as they were', ...tested.map(titled)],
    first.fidelity.groups.map(({ group }, i) => [group, ...tested.map(tool => survived(tool.fidelity.groups[i]))]),
  );
}

function backupTable(tools) {
  const rows = tools.filter(({ speed }) => speed?.backup);
  const ours = rows[0].speed.backup;
  return table(
    ['tool', 'CPU for 1 item', `for ${number(items)}`, 'wall', 'memory', 'writes'],
    rows.map(tool => {
      const { backup } = tool.speed;
      return [
        ...[titled(tool), cpu(backup.one), cpu(backup.ordinary, ours.ordinary)],
        ...[wall(backup.ordinary), memory(backup.ordinary), tool.files],
      ];
    }),
  );
}

function restoreTable(tools) {
  const rows = tools.filter(({ speed }) => speed?.restore);
  const ours = rows[0].speed.restore;
  return table(
    ['tool', 'CPU for 1 item', `for ${number(items)}`, 'wall', 'memory', 'came back'],
    rows.map(tool => {
      const { restore } = tool.speed;
      const scale = items / (tool.restores ?? items);
      return [
        ...[titled(tool), cpu(restore.one), cpu(scaled(restore.ordinary, scale), ours.ordinary)],
        ...[wall(scaled(restore.ordinary, scale)), memory(restore.ordinary), cameBack(tool)],
      ];
    }),
  );
}

/** What all items would take, judged by those that were restored. */
function scaled(run, scale) {
  return { ...run, cpu: run.cpu * scale, wall: run.wall * scale, scaled: scale > 1 };
}

/** CPU seconds, and how often Dynavault would have done the same with them. */
function cpu(run, ours) {
  return `${about(run)}${seconds(run.cpu)}${ours ? ` (${(run.cpu / ours.cpu).toFixed(1)})` : ''}`;
}

function wall(run) {
  return `${run.end === 'endless' ? 'over ' : about(run)}${seconds(run.wall)}`;
}

function about(run) {
  return run.scaled ? '~' : '';
}

function memory({ rssMb }) {
  return `${Math.round(rssMb)} MB`;
}

function seconds(value) {
  return `${value.toFixed(1)} s`;
}

function cameBack({ restores, speed: { restore } }) {
  const expected = restores ?? items;
  const whole = restore.same === expected && restore.different + restore.extra === 0;
  const end = whole && restore.ordinary.end === 'ok' ? '' : `, ${ENDS[restore.ordinary.end]}`;
  return whole ? `all ${number(expected)}${end}` : `**${number(restore.same)} of ${number(expected)}**${end}`;
}

function number(value) {
  return value.toLocaleString('en-US');
}

function agreement(tools) {
  const verdicts = tools.flatMap(({ fidelity, speed }) => [fidelity?.agrees, speed?.agrees]).filter(v => v !== undefined);
  const agreed = verdicts.filter(Boolean).length;
  return `Each restored table was compared with its source twice, by the script and by \`dynavault compare\`: they agreed in \
${agreed} of ${verdicts.length} cases.`;
}

function allCommands(tools) {
  return tools.map(tool => [`# ${titled(tool)}`, ...tool.commands].join('\n')).join('\n\n');
}

function section() {
  return `Measured on ${machine.date} on ${machine.cores} cores and ${machine.memoryGb} GB with ${machine.system}, Java \
${machine.java} and Node.js ${machine.node}. One cold run of each, ${number(LIMIT)} items to a Scan request where a tool lets \
one choose, ${SEGMENTS} segments where it scans in parallel. ${agreement(tools)}

### Which types survive

${typesTable(tools)}

### Backup of items of about 600 bytes

In brackets: times the CPU of Dynavault. Wall time and memory are those of ${number(items)} items.

${backupTable(tools)}

### Restore of ${number(items)} of them

${restoreTable(tools)}

### Commands

\`\`\`text
${allCommands(tools)}
\`\`\``;
}

const [reportFile, page] = process.argv.slice(2);
const { machine, items, tools } = JSON.parse(readFileSync(reportFile, 'utf8'));
const text = section();
if (page) {
  const before = readFileSync(page, 'utf8');
  const begin = before.indexOf(BEGIN);
  const end = before.indexOf(END);
  if (begin < 0 || end < begin) {
    throw new Error(`unable to write the tables: ${page} has no markers`);
  }
  writeFileSync(page, `${before.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${before.slice(end)}`);
} else {
  console.log(text);
}
