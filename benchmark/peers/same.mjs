// SPDX-License-Identifier: Apache-2.0
// Holds two lists of items against each other, in DynamoDB's own terms: sets and maps have no order, lists have one,
// binary values are bytes, all else is text.

function canonical(value) {
  const [[type, content]] = Object.entries(value);
  switch (type) {
    case 'B':
      return [type, bytes(content)];
    case 'BS':
      return [type, content.map(bytes).sort()];
    case 'SS':
    case 'NS':
      return [type, [...content].sort()];
    case 'L':
      return [type, content.map(canonical)];
    case 'M':
      return [type, attributes(content)];
    default:
      return [type, content];
  }
}

function bytes(base64) {
  return Buffer.from(base64, 'base64').toString('hex');
}

function attributes(map) {
  return Object.keys(map)
    .sort()
    .map(name => [name, canonical(map[name])]);
}

function byKey(items) {
  return new Map(items.map(item => [JSON.stringify([item.pk, item.sk]), JSON.stringify(attributes(item))]));
}

/** Keys, as JSON text, of the items that are the same, missing, extra and different. */
export function compare(expected, actual) {
  const left = byKey(expected);
  const right = byKey(actual);
  const result = { same: [], missing: [], extra: [], different: [] };
  for (const [key, item] of left) {
    (right.has(key) ? (right.get(key) === item ? result.same : result.different) : result.missing).push(key);
  }
  for (const key of right.keys()) {
    if (!left.has(key)) {
      result.extra.push(key);
    }
  }
  return result;
}

export function keyOf(item) {
  return JSON.stringify([item.pk, item.sk]);
}
