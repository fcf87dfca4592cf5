// The visible claims as a table: the same as the picture, in text.

import { h } from './dom.js';
import * as words from './words.js';

/** Name, value of a claim, and, where people read something else, that. */
export const COLUMNS = [
  ['Subject', (m, k) => m.labels[m.subjects[k]]],
  ['Relation', (m, k) => words.relation(m.relation(k))],
  ['Object', (m, k) => (m.objects[k] < 0 ? '' : m.labels[m.objects[k]])],
  ['So?', (m, k) => (m.polarity(k) === 'negative' ? 'not so' : 'so')],
  ['How sure', (m, k) => m.certainty(k), (level) => words.CERTAINTY[level] ?? level],
  ['Condition', (m, k) => (m.raw.claims.antecedent[k] ? 'is itself a condition' : m.claim(k).condition ?? '')],
  ['Who says it', (m, k) => words.who(m.speaker(k))],
  ['Said', (m, k) => m.said(k) ?? '', words.date],
  ['Meant', (m, k) => m.meant(k) ?? '', words.date],
  ['Document', (m, k) => m.doc(k)?.name ?? ''],
];
const STYLE = { 3: 'short', 4: 'wording', 5: 'wording', 7: 'short', 8: 'short', 9: 'doc' };

let sorted = { column: -1, down: false };

/** Claims in the order of a column; equal ones stay in the order of the data. */
export function sort(model, claims, column, down) {
  if (column < 0) return claims;
  const [, value] = COLUMNS[column];
  const keys = new Map(claims.map((k) => [k, value(model, k).toLowerCase()]));
  const sign = down ? -1 : 1;
  return [...claims].sort((p, q) => {
    const a = keys.get(p);
    const b = keys.get(q);
    return (a < b ? -sign : a > b ? sign : 0) || p - q;
  });
}

/** Draw the table of the claims that pass the filter. */
export function table(app) {
  const { model, state } = app;
  const claims = sort(model, app.claims(), sorted.column, sorted.down);
  const body = h('tbody');
  let upto = 0;
  const more = h('button', { class: 'quiet', type: 'button', onclick: () => grow() });
  const grow = () => {
    for (const k of claims.slice(upto, upto + 200)) {
      const cells = COLUMNS.map(([, value, shown], n) => {
        const text = shown ? shown(value(model, k)) : value(model, k);
        if (n === 1) return h('td', {}, h('button', { class: 'name', type: 'button', onclick: () => app.go({ claim: k, node: -1, line: null }) }, text));
        return h('td', { class: text === 'not so' ? 'neg' : STYLE[n] ?? null, title: n === 9 ? text : null }, text);
      });
      body.append(h('tr', { 'aria-selected': k === state.claim ? 'true' : null }, cells));
    }
    upto += 200;
    if (upto >= claims.length) more.remove();
    else more.textContent = `Show more (${(claims.length - upto).toLocaleString('en')})`;
  };
  grow();
  const head = COLUMNS.map(([name], n) => h('th', { scope: 'col', 'aria-sort': sorted.column === n ? (sorted.down ? 'descending' : 'ascending') : null },
    h('button', {
      type: 'button', 'data-column': n,
      onclick: () => {
        sorted = { column: n, down: sorted.column === n && !sorted.down };
        app.sheet();
        document.querySelector(`[data-column="${n}"]`)?.focus();
      },
    }, name, sorted.column === n ? (sorted.down ? ' ↓' : ' ↑') : '')));
  return h('div', {},
    h('table', {}, h('caption', { class: 'hidden' }, words.count(claims.length, 'claim')), h('thead', {}, h('tr', {}, head)), body), upto < claims.length ? more : null);
}
