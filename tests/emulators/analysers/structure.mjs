// SPDX-License-Identifier: GPL-3.0-or-later
// Checks HL7 v2 messages against the machine-readable structures, fields and tables of hl7-dictionary: required fields,
// repetitions, tables, numbers, times; and the order of the segments, by trying the structure's tree.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(path.join(path.dirname(fileURLToPath(import.meta.url)), '../../node/'));
const TIME = /^\d{4}(\d\d(\d\d(\d\d(\d\d(\d\d(\.\d{1,4})?)?)?)?)?)?([+-]\d{4})?$/;

function field(segment, number) {
  return segment.split('|')[segment.startsWith('MSH') ? number - 1 : number] ?? '';
}

function checkField(dictionary, id, number, wanted, value, found) {
  const name = `${id}-${number}`;
  if (wanted.opt === 2 && value === '')
    found.push(`${name} ${wanted.desc} is required`);
  if (id === 'MSH' && number <= 2)
    return;
  if (wanted.rep === 1 && value.includes('~'))
    found.push(`${name} must not repeat`);
  if (wanted.datatype === 'ID' && wanted.table && value && dictionary.tables[wanted.table] && !(value.split('^')[0] in dictionary.tables[wanted.table].values))
    found.push(`${name} value ${value} is not in table ${wanted.table}`);
  if (/^(SI|NM)$/.test(wanted.datatype) && value && !/^[+-]?\d+(\.\d+)?$/.test(value))
    found.push(`${name} is not a number: ${value}`);
  if (wanted.datatype === 'TS' && value && !TIME.test(value.split('^')[0]))
    found.push(`${name} is not a time: ${value}`);
}

// How far the segments follow the tree; true when all of them do.
function follows(tree, ids, far) {
  const list = (nodes, i, then) => nodes.length === 0 ? then(i) : repeat(nodes[0], i, 0, (j) => list(nodes.slice(1), j, then));
  const once = (node, i, then) => {
    far.at = Math.max(far.at, i);
    if (node.compounds)
      return node.compounds.some((one) => once(one, i, then));
    if (node.children)
      return list(node.children, i, (j) => j > i && then(j));
    return ids[i] === node.name && then(i + 1);
  };
  const repeat = (node, i, n, then) => ((node.max === 0 || n < node.max) && once(node, i, (j) => j > i && repeat(node, j, n + 1, then)))
    || (n >= node.min && then(i));
  return list(tree, 0, (i) => i === ids.length);
}

// What is wrong with a message, in words; nothing: [].
export function check(text) {
  const dictionary = require('hl7-dictionary');
  const found = [];
  const segments = text.replace(/\r\n|\n/g, '\r').split('\r').filter(Boolean);
  if (!/^MSH\|\^~\\&/.test(segments[0]))
    return ['MSH and its separators must come first'];
  const version = field(segments[0], 12).split('^')[0];
  const definition = dictionary.definitions[version];
  if (!definition)
    return [`unknown version ${version}`];
  const type = field(segments[0], 9).split('^');
  const name = type[2] || (type[0] === 'ACK' ? 'ACK' : `${type[0]}_${type[1]}`);
  const structure = definition.messages[name];
  if (!structure)
    return [`unknown structure ${name}`];
  for (const segment of segments) {
    const id = segment.slice(0, 3);
    if (id[0] === 'Z')
      continue;
    if (!definition.segments[id])
      found.push(`unknown segment ${id}`);
    else
      definition.segments[id].fields.forEach((wanted, i) =>
        checkField(dictionary, id, i + 1, wanted, id === 'MSH' && i === 0 ? '|' : field(segment, i + 1), found));
  }
  const ids = segments.map((one) => one.slice(0, 3)).filter((one) => one[0] !== 'Z');
  const far = { at: 0 };
  if (!follows(structure.segments.segments, ids, far))
    found.push(`the order of the segments is not that of ${name} from segment ${far.at + 1} (${ids[far.at] ?? 'end'})`);
  return found;
}
