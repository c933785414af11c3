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

function speedTable(tools, operation, start, more) {
  const rows = tools.filter(({ speed }) => speed?.[operation]);
  const ours = rows[0].speed[operation];
  return table(
    ['tool', 'CPU', 'against Dynavault', 'for one item', 'wall', 'memory', more.title],
    rows.map(tool => {
      const { end, cpu, wall, rssMb } = tool.speed[operation];
      return [
        ...[titled(tool), seconds(cpu), end === 'endless' ? '–' : `${(cpu / ours.cpu).toFixed(1)}`],
        ...[seconds(tool.speed[start].cpu), end === 'endless' ? `over ${seconds(wall)}` : seconds(wall)],
        ...[`${Math.round(rssMb)} MB`, more.cell(tool)],
      ];
    }),
  );
}

function seconds(value) {
  return `${value.toFixed(1)} s`;
}

function cameBack(items, { restores, speed }) {
  const expected = restores ?? items;
  const end = speed.restore.end === 'ok' ? '' : `, ${ENDS[speed.restore.end]}`;
  return speed.same === expected && !speed.different && !speed.extra
    ? `all ${number(expected)}${end}`
    : `**${number(speed.same)} of ${number(expected)}**, ${ENDS[speed.restore.end]}`;
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

function commands(tools) {
  return tools.map(tool => [`# ${titled(tool)}`, ...tool.commands].join('\n')).join('\n\n');
}

function section(report) {
  const { machine, tools, items } = report;
  return `Measured on ${machine.date} on ${machine.cores} cores and ${machine.memoryGb} GB with ${machine.system}, Java \
${machine.java} and Node.js ${machine.node}. One cold run of each, ${LIMIT} items to a Scan request where a tool lets one choose, \
${SEGMENTS} segments where it scans in parallel. ${agreement(tools)}

### Which types survive

${typesTable(tools)}

### Backup of ${number(items)} items of about 600 bytes

${speedTable(tools, 'backup', 'startOfBackup', { title: 'writes', cell: tool => tool.files })}

### Restore of the same

${speedTable(tools, 'restore', 'startOfRestore', { title: 'came back', cell: tool => cameBack(items, tool) })}

### Commands

\`\`\`text
${commands(tools)}
\`\`\``;
}

const [reportFile, page] = process.argv.slice(2);
const text = section(JSON.parse(readFileSync(reportFile, 'utf8')));
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
