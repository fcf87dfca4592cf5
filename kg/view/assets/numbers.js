// The numbers in the articles, by what they count, in the order they were said, each with its words and who gives it.

import { h } from './dom.js';
import { marked } from './panel.js';
import * as words from './words.js';

const NAMES = { person: 'people' };

/** What a number counts: its unit, or the last word of the thing counted; '' where neither is told. */
export function counted({ unit, thing }) {
  if (unit) return NAMES[unit] ?? unit;
  return thing?.toLowerCase().match(/[\p{L}-]+(?=[^\p{L}]*$)/u)?.[0] ?? '';
}

/** The claim of a sentence that speaks of a place in it: the one with the shortest words around it, or the first. */
function claimAt(model, claims, start, end) {
  let best = claims[0];
  let least = Infinity;
  for (const k of claims) {
    const c = model.claim(k);
    for (const span of [c.spans.subject, c.spans.object, ...c.arguments.map((a) => [a.start, a.end])]) {
      if (span && span[0] <= start && span[1] >= end && span[1] - span[0] < least) { least = span[1] - span[0]; best = k; }
    }
  }
  return best;
}

/** All numbers in the sentences of some claims, in groups of what they count; what stands alone comes last, under ''. */
export function numbers(model, claims) {
  const groups = new Map();
  const alone = [];
  const wanted = new Set(claims);
  for (const [n, doc] of model.documents.entries()) {
    const here = model.claimsIn(n).filter((k) => wanted.has(k) && model.claim(k).quotable);
    for (const quantity of doc.quantities) {
      const inside = here.filter((k) => { const [from, to] = model.claim(k).sentenceSpan; return from <= quantity.start && to >= quantity.end; });
      if (!inside.length) continue;
      const item = { ...quantity, doc, k: claimAt(model, inside, quantity.start, quantity.end) };
      const name = counted(quantity);
      if (!name) alone.push(item);
      else if (groups.has(name)) groups.get(name).push(item);
      else groups.set(name, [item]);
    }
  }
  for (const [name, group] of groups) if (group.length < 2) { alone.push(...group); groups.delete(name); }
  const when = ({ k, doc }) => model.said(k) ?? doc.date;
  const order = (p, q) => when(p).slice(0, 10).localeCompare(when(q).slice(0, 10)) || p.doc.id.localeCompare(q.doc.id) || p.start - q.start;
  const ranked = [...groups].sort((p, q) => q[1].length - p[1].length || p[0].localeCompare(q[0]));
  return [...ranked, ...(alone.length ? [['', alone]] : [])].map(([name, group]) => [name, group.sort(order)]);
}

/** The words around a number. */
function around({ doc, start, end }, [from, to]) {
  const low = Math.max(from, start - 70);
  const high = Math.min(to, end + 80);
  const a = low > from ? doc.text.indexOf(' ', low) + 1 : from;
  const b = high < to ? doc.text.lastIndexOf(' ', high) : to;
  return [a > from ? '… ' : '', marked(doc.text, a, b, [['number', start, end]]), b < to ? ' …' : ''];
}

/** A number drawn on the scale of its group: a bar up to it, or a stretch between two; "more than" fades out. */
function track(low, high, most) {
  const [from, to] = low === null || low === high ? [0, high] : high === null ? [0, low * 1.05] : [low, high];
  const bar = h('span', { class: `bar-of${high === null ? ' open' : ''}` });
  bar.style.left = `${(100 * from) / most}%`;
  bar.style.width = `${Math.max(1, (100 * (to - from)) / most)}%`;
  return h('span', { class: 'track', 'aria-hidden': 'true' }, bar);
}

function row(app, item, most) {
  const { model } = app;
  const { k, doc, start, end, low, high } = item;
  const by = model.speaker(k);
  const notes = words.marks(model, k).map(({ text }) => text).join(', ');
  return h('button', { class: 'number', type: 'button', onclick: () => app.go({ claim: k, node: -1, line: null }) },
    h('span', {}, h('b', {}, doc.text.slice(start, end)), h('span', { class: 'by' }, words.date(model.said(k) ?? doc.date))),
    most ? track(low, high, most) : null,
    h('span', { class: 'what' }, around(item, model.claim(k).sentenceSpan), h('span', { class: 'by' }, [notes, by === 'reporter' ? 'says the reporter' : `says ${by}`].filter(Boolean).join(' · '))));
}

export function numberSheet(app) {
  const groups = numbers(app.model, app.claims());
  if (!groups.length) return h('div', {}, h('h2', {}, 'Numbers'), h('p', { class: 'by' }, 'No claim here has a number.'));
  return h('div', {},
    h('h2', {}, 'Numbers and who gives them'),
    h('p', { class: 'by' }, 'In the order they were said. Press one for its sentence.'),
    groups.slice(0, 30).map(([name, items]) => {
      const most = name ? Math.max(...items.map(({ low, high }) => high ?? low ?? 0)) * (items.some(({ high }) => high === null) ? 1.05 : 1) : 0;
      return h('section', {}, h('h3', {}, name ? name[0].toUpperCase() + name.slice(1) : 'Other numbers'),
        h('div', { class: most ? 'numbers' : 'numbers plain' }, items.slice(0, 60).map((item) => row(app, item, most))));
    }));
}
