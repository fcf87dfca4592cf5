// The page's modules without a browser: node --test tests/js

import assert from 'node:assert/strict';
import test from 'node:test';
import { small } from '../../kg/view/assets/layout.js';
import { bounds, thing } from '../../kg/view/assets/numbers.js';
import { telling } from '../../kg/view/assets/walk.js';
import { cell, iri } from '../../kg/view/assets/takeaway.js';
import { days, iso } from '../../kg/view/assets/words.js';

test('two tied nodes lie level, as in kg/view/layout.py', () => {
  const box = { width: 40, height: 20 };
  assert.deepEqual(small([box, box], [{ a: 0, b: 1, length: 120 }]), [[60, 0], [-60, 0]]);
});

test('growth begins at the focus and keeps its limit, as in kg/view/telling.py', () => {
  assert.deepEqual(telling([3, 2, 1, 9], [[0, 1, 1], [1, 2, 1]], 2, [0]), [0, 1]);
});

test('numbers are read from phrases', () => {
  assert.deepEqual(bounds('45,000 to 48,000 troops'), [45000, 48000]);
  assert.deepEqual(bounds('some 2.5 million people'), [2500000, 2500000]);
  assert.equal(bounds('hundreds of troops'), null);
  assert.equal(thing('just over 17,000 troops'), 'troops');
});

test('dates cover their days', () => {
  assert.deepEqual(days('1999-W21').map(iso), ['1999-05-24', '1999-05-30']);
  assert.deepEqual(days('1999-02').map(iso), ['1999-02-01', '1999-02-28']);
  assert.equal(days('PAST_REF'), null);
});

test('no cell is a formula, no address leaves its brackets', () => {
  assert.equal(cell('=1+1'), "'=1+1");
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(iri('urn:a> <b'), '<urn:a%3E%20%3Cb>');
});
