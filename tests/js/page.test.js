// The page's modules without a browser: node --test tests/js

import assert from 'node:assert/strict';
import test from 'node:test';
import { Model, rarity } from '../../kg/view/assets/data.js';
import { small } from '../../kg/view/assets/layout.js';
import { counted, numbers } from '../../kg/view/assets/numbers.js';
import { compose } from '../../kg/view/assets/picture.js';
import { Names, Sentences, excerpt } from '../../kg/view/assets/search.js';
import { EMPTY, read, write } from '../../kg/view/assets/state.js';
import { fold, passing, path, telling, thin } from '../../kg/view/assets/walk.js';
import { cell, csv, iri, sparql, turtle } from '../../kg/view/assets/takeaway.js';
import { columns } from '../../kg/view/assets/timeline.js';
import { days, iso } from '../../kg/view/assets/words.js';

const TEXT = 'Ann praised Bob. Bob did not praise Ann. At least 20 ships sailed past 5 ships.';

/** Ann praises Bob; Bob does not praise Ann, says Ann; Bob counts ships. */
function model() {
  const none = [0, -1];
  return new Model({
    title: 't', prefix: 'urn:x/', focus: -1, whole: null, groups: [0, 0, 1], start: { nodes: [0, 1], at: [0, 0, 100, 0] },
    kinds: [['Person', 'person', '#112233'], ['Group', 'group', '#445566']],
    nodes: { id: ['e/ann', 'e/bob', 'e/ships'], label: ['Ann', 'Bób', 'ships'], kind: [0, 0, 1], aliases: { 1: ['Robert'] }, same: {}, anonymous: [], worth: [1, 1, 1] },
    strings: ['praises', 'reporter', 'positive', 'negative', 'certain', 'none', 'past', 'verb', 'Ann', 'counts', '1999-05-24', 'possible'],
    chains: [[1], [1, 8]],
    claims: {
      id: ['c/1', 'c/2', 'c/3'], doc: [0, 0, 0], s: [0, 1, 1], r: [0, 0, 9], o: [1, 0, 2], phrase: [-1, -1, -1], chain: [0, 1, 0],
      polarity: [2, 3, 2], certainty: [4, 4, 11], reporter: [4, 4, 4], modality: [5, 5, 5], tense: [6, 6, 6], condition: [-1, -1, -1],
      antecedent: [0, 0, 0], said: [10, -1, -1], meant: [-1, -1, -1], sentence: [0, 1, 2], from: [0, 17, 41], length: [16, 23, 38],
      confidence: [100, 100, 50], rule: [7, 7, 7], spans: [0, 3, 4, 7, 12, 3, ...none, ...none, ...none, ...none, ...none, ...none, ...none, ...none, ...none],
      arguments: { 2: [[7, 7, 50, 58]] }, cues: {}, own: {},
    },
    documents: [['d', 'Doc', '1999-05-24', '', '', TEXT, [[50, 58, 20, null, null, 'ships'], [71, 78, 5, 5, null, 'ships'], [41, 43, 1, 1, 'person', null]]]],
  });
}

test('two tied nodes lie level, as in kg/view/layout.py', () => {
  const box = { width: 40, height: 20 };
  assert.deepEqual(small([box, box], [{ a: 0, b: 1, length: 120 }]), [[60, 0], [-60, 0]]);
});

test('growth begins at the focus and keeps its limit, as in kg/view/telling.py', () => {
  assert.deepEqual(telling([3, 2, 1, 9], [[0, 1, 1], [1, 2, 1]], 2, [0]), [0, 1]);
});

test('a relation that many claims share counts less, as in kg/view/telling.py', () => {
  assert.equal(rarity([1, 1, 1, 2]).get(1), 1 / 3);
  assert.equal(rarity([1, 1, 1, 2]).get(2), 1);
});

test('a crowded picture keeps the strongest ties of each node, as in kg/view/telling.py', () => {
  const weight = (a, b) => 10 * a + b;
  const pairs = [0, 1, 2, 3, 4].flatMap((a) => [1, 2, 3, 4].filter((b) => b > a).map((b) => [a, b]));
  const edges = pairs.map(([a, b]) => ({ a, b, claims: [weight(a, b)], more: [] }));
  const kept = thin({ weight: (k) => k }, edges, 5).filter((edge) => !edge.spare).map(({ a, b }) => `${a}${b}`);
  assert.deepEqual(kept, ['03', '04', '13', '14', '23', '24', '34']);
  assert.equal(thin({ weight: (k) => k }, edges, 50), edges);
  assert.equal(thin({ weight: (k) => k }, edges, 5, [0]).filter((edge) => !edge.spare && edge.a === 0).length, 4);
});

test('numbers stand in groups of what they count, each with the claim whose words hold it', () => {
  assert.equal(counted({ unit: 'person', thing: 'troops' }), 'people');
  assert.equal(counted({ unit: null, thing: 'British ships' }), 'ships');
  assert.equal(counted({ unit: null, thing: null }), '');
  const [[name, group], [rest, alone]] = numbers(model(), [0, 1, 2]);
  assert.deepEqual([name, group.map(({ low }) => low), rest, alone.length], ['ships', [20, 5], '', 1]);
  assert.deepEqual(numbers(model(), [0]), []);
});

test('names are found by alias and without accents, the sentences by their words', () => {
  const names = new Names(model());
  assert.deepEqual(names.find('rob'), [1]);
  assert.deepEqual(names.find('bob'), [1]);
  const sentences = new Sentences(model());
  assert.deepEqual(sentences.find('praise ann'), [[1], [0]]);
  assert.deepEqual(sentences.find('sailed'), [[2]]);
  assert.deepEqual(sentences.find('.*('), []);
  assert.deepEqual(excerpt('Ann praised Bob.', 'praised'), [['Ann ', false], ['praised', true], [' Bob.', false]]);
});

test('a view survives the address', () => {
  const m = model();
  const state = { ...EMPTY, tab: 'numbers', node: 1, filter: { speaker: ['Ann, of York'], by: 'meant' }, focus: [0, 2], mode: 'focus' };
  assert.deepEqual(read(m, `#${write(m, state)}`), state);
  assert.deepEqual(read(m, '#n=nobody&v=nonsense&d=x&%E0%A4'), EMPTY);
});

test('filters, paths and contradictions', () => {
  const m = model();
  assert.deepEqual(passing(m, { speaker: ['Ann'] }), [1]);
  assert.deepEqual(passing(m, { polarity: ['positive'], certainty: ['possible'] }), [2]);
  assert.deepEqual(passing(m, { from: '1999-05-24' }), [0]);
  assert.deepEqual(path(m, 0, 2, passing(m, {})), [0, 1, 2]);
  assert.equal(path(m, 0, 2, [0]), null);
  assert.deepEqual(fold(m, [0, 1, 2], []).nodes.map(({ members }) => members), [[1, 0]]);
  assert.equal(m.clashes.size, 0);
});

test('labels never lie on each other and lines have theirs', () => {
  const node = (id, x, y) => ({ id, x, y, r: 8, rank: 1, width: 60, rows: ['name'], label: 'name' });
  const nodes = [node(0, 0, 0), node(1, 200, 0), node(2, 0, 25)];
  const edges = [{ a: 0, b: 1, lane: 0, lanes: 1, width: 50, pieces: [] }, { a: 1, b: 1, lane: 0, lanes: 1, width: 30, pieces: [] }];
  const scene = { nodes, edges, at: new Map(nodes.map((n) => [n.id, n])) };
  compose(scene, { x: 100, y: 0, zoom: 1 }, { width: 600, height: 400 });
  const boxes = [...nodes, ...edges.map((edge) => edge.label)].map(({ box }) => box);
  boxes.forEach(([x1, y1, x2, y2], n) => boxes.slice(n + 1).forEach(([u1, v1, u2, v2]) => {
    assert.ok(x2 <= u1 || u2 <= x1 || y2 <= v1 || v2 <= y1);
  }));
  assert.ok(edges[1].way.loop);
});

test('dates cover their days, columns all dates', () => {
  assert.deepEqual(days('1999-W21').map(iso), ['1999-05-24', '1999-05-30']);
  assert.deepEqual(days('1999-02').map(iso), ['1999-02-01', '1999-02-28']);
  assert.equal(days('PAST_REF'), null);
  assert.deepEqual(columns([[0, [10, 10]], [1, [12, 12]]]).map(({ claims }) => claims), [[0], [], [1]]);
});

test('no cell is a formula, no address leaves its brackets', () => {
  assert.equal(cell('=1+1'), "'=1+1");
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(iri('urn:a> <b'), '<urn:a%3E%20%3Cb>');
  assert.match(csv(model(), [1]), /^Subject,.*\r\nBób,praises,Ann,not so,certain,/);
  assert.match(sparql(model(), [1]), /<urn:x\/c\/2>/);
  assert.match(turtle(model(), [1]), /kg:polarity kg:negative/);
});
