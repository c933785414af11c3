// SPDX-License-Identifier: Apache-2.0
// What is backed up: a few items of every type of value, by group, and many ordinary ones.

const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, i) => i)).toString('base64');
const CONTROLS = String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i), 127);
const B = { B: EVERY_BYTE };
const BS = { BS: ['AQID', '/w==', EVERY_BYTE] };
const LARGEST = 400 * 1024;

function nested(type, depth) {
  let value = { S: 'deep' };
  for (let i = 0; i < depth; i++) {
    value = type === 'L' ? { L: [value] } : { M: { m: value } };
  }
  return value;
}

/** Values of the attribute v, by group. */
const VALUES = {
  'text: empty, control characters, quotes, U+2028, emoji': [
    { S: '' },
    { S: CONTROLS },
    { S: '"}},{"pk":{"S":"x"}}],"Count":0}\\\\\\' },
    { S: '\u2028\u2029\ufeff\uffff' },
    { S: '🚀 é e\u0301 \u{10FFFF}' },
  ],
  'numbers that a double holds': [{ N: '0' }, { N: '-1' }, { N: '1.5' }, { N: '1000000' }, { N: '9007199254740991' }],
  'numbers of up to 38 digits, 1E-130 to 9.9E+125': [
    { N: '9007199254740993' },
    { N: '12345678901234567890123456789012345678' },
    { N: '0.12345678901234567890123456789012345678' },
    { N: '9.9999999999999999999999999999999999999E+125' },
    { N: '-1E-130' },
    { NS: ['12345678901234567890123456789012345678', '-0.1'] },
  ],
  'binary': [{ B: '' }, { B: '/w==' }, B, { B: Buffer.from('QUJD').toString('base64') }],
  'binary in a map or a list': [{ M: { b: B } }, { L: [B, { B: '/w==' }] }, { M: { l: { L: [{ M: { b: B } }] } } }],
  'binary sets': [BS, { BS: ['AA=='] }],
  'binary sets in a map or a list': [{ M: { bs: BS } }, { L: [BS] }],
  'sets of text and of numbers': [{ SS: ['b', 'a', 'B', '10'] }, { SS: ['one'] }, { NS: ['1', '-2', '2.5'] }],
  'sets in a map or a list': [{ M: { ss: { SS: ['x', 'y'] } } }, { L: [{ NS: ['1', '2'] }] }],
  'maps and lists: empty, mixed, 31 deep': [
    { L: [] },
    { M: {} },
    { L: [{ S: 'x' }, { N: '1' }, { NULL: true }, { L: [] }] },
    { M: { S: { M: { M: { L: [{ M: {} }] } } } } },
    nested('L', 31),
    nested('M', 31),
  ],
  'null, true, false': [{ NULL: true }, { BOOL: true }, { BOOL: false }],
};
const NAMES = ['__proto__', 'constructor', 'Item', 'S', 'B', 'a.b', ' ', '"', '\n', '\u2028', '🚀'];
const KEYS = ['/', '../..', '"', ' ', '\n', '\u0000', '🚀', 'é', 'e\u0301', 'k'.repeat(2048)];

/** Groups of items: [{group, items}]. */
export function types() {
  const groups = Object.entries(VALUES).map(([group, values], g) => ({
    group,
    items: values.map((value, i) => ({ pk: { S: `value ${g}` }, sk: { S: `${i}` }, v: value })),
  }));
  groups.push({
    group: 'names of attributes: `__proto__`, `S`, blank, emoji',
    items: NAMES.map((name, i) => JSON.parse(`{"pk":{"S":"name"},"sk":{"S":"${i}"},${JSON.stringify(name)}:{"N":"1"}}`)),
  });
  groups.push({
    group: 'keys: `/`, line end, NUL, emoji, 2,048 bytes',
    items: KEYS.map(key => ({ pk: { S: key }, sk: { S: key.slice(0, 1024) } })),
  });
  groups.push({
    group: 'an item of 400 KB',
    items: [{ pk: { S: 'big' }, sk: { S: '0' }, v: { S: 'x'.repeat(LARGEST - 'pkbigsk0v'.length) } }],
  });
  return groups;
}

/** Items of about 600 bytes of DynamoDB's size: text, numbers, a date, a list and a map, no binary values. */
export function ordinary(count) {
  const random = generator(20261121);
  const words = () => Array.from({ length: 9 }, () => WORDS[random() % WORDS.length]).join(' ');
  return Array.from({ length: count }, (_, i) => ({
    pk: { S: `customer-${String(i % 5000).padStart(6, '0')}` },
    sk: { S: `order-${String(i).padStart(8, '0')}` },
    status: { S: ['open', 'paid', 'sent', 'closed'][random() % 4] },
    created: { S: `2026-${two(1 + (random() % 12))}-${two(1 + (random() % 28))}T10:00:00Z` },
    total: { N: `${random() % 100000}.${random() % 10}5` },
    note: { S: Array.from({ length: 7 }, words).join('. ') },
    lines: {
      L: [1, 2, 3].map(line => ({ M: { sku: { S: `sku-${random() % 9999}` }, quantity: { N: `${line}` } } })),
    },
    address: { M: { city: { S: WORDS[random() % WORDS.length] }, zip: { S: `${10000 + (random() % 89999)}` } } },
    paid: { BOOL: random() % 2 === 0 },
  }));
}

const WORDS =
  'amber brick cedar delta ember flint grove haven ivory jolly knoll lunar maple north ocean pearl quiet river stone tulip'.split(
    ' ',
  );

function two(number) {
  return String(number).padStart(2, '0');
}

/** A linear congruential generator: the same items in every run. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
