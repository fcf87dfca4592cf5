// The numbers in the claims, by what they count, in the order they were said.

import { h } from './dom.js';
import * as words from './words.js';

const SCALE = { hundred: 1e2, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };

/** Lowest and highest number in a phrase, or null: "45,000 to 48,000 troops" → [45000, 48000]. */
export function bounds(text) {
  const found = [...text.matchAll(/(\d[\d,]*(?:\.\d+)?)(?:\s*(hundred|thousand|million|billion|trillion|m|bn)\b)?/gi)]
    .map(([, digits, scale]) => Number(digits.replaceAll(',', '')) * ({ m: 1e6, bn: 1e9, ...SCALE }[scale?.toLowerCase()] ?? 1));
  return found.length ? [Math.min(...found), Math.max(...found)] : null;
}

/** What a phrase counts: its last word. */
export function thing(text) {
  const last = text.toLowerCase().match(/[a-z]+(?=[^a-z]*$)/);
  return last && !/^(hundred|thousand|million|billion|trillion|m|bn|to|than)$/.test(last[0]) ? last[0] : '';
}

/** All numbers in some claims, in groups of what they count. */
export function numbers(model, claims) {
  const groups = new Map();
  const put = (k, text, context) => {
    const range = bounds(text);
    if (!range) return;
    const name = thing(text);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push({ k, text, range, context });
  };
  for (const k of claims) {
    const o = model.objects[k];
    const s = model.subjects[k];
    if (o >= 0 && model.kind(o).key === 'Quantity') put(k, model.labels[o], '');
    if (model.kind(s).key === 'Quantity') put(k, model.labels[s], '');
    for (const a of model.claim(k).arguments) if (a.role === 'quantity') put(k, a.text, '');
  }
  for (const group of groups.values()) group.sort((p, q) => (model.said(p.k) ?? '').localeCompare(model.said(q.k) ?? '') || p.k - q.k);
  return [...groups].sort((p, q) => q[1].length - p[1].length || p[0].localeCompare(q[0]));
}

export function numberSheet(app) {
  const { model } = app;
  const groups = numbers(model, app.claims());
  if (!groups.length) return h('div', {}, h('h2', {}, 'Numbers'), h('p', { class: 'by' }, 'No claim here has a number.'));
  return h('div', {},
    h('h2', {}, 'Numbers and who gives them'),
    h('p', { class: 'by' }, 'In the order they were said. Press one for its sentence.'),
    groups.slice(0, 30).map(([name, items]) => {
      const most = Math.max(...items.map(({ range }) => range[1])) || 1;
      return h('section', {}, h('h3', {}, name || 'other numbers'), h('div', { class: 'numbers' }, items.slice(0, 60).map(({ k, text, range }) => {
        const bar = h('span', { class: 'bar-of' });
        bar.style.left = `${range[0] === range[1] ? 0 : (100 * range[0]) / most}%`;
        bar.style.width = `${Math.max(1, (100 * (range[0] === range[1] ? range[1] : range[1] - range[0])) / most)}%`;
        const by = model.speaker(k);
        return h('button', { class: 'number', type: 'button', onclick: () => app.go({ claim: k, node: -1, line: null }) },
          h('span', {}, h('b', {}, text), h('span', { class: 'by when' }, words.date(model.said(k)))),
          h('span', { class: 'track', 'aria-hidden': 'true' }, bar),
          h('span', { class: 'what' }, words.plain(model, k), h('span', { class: 'by' }, [words.marks(model, k).map(({ text: mark }) => mark).join(', '), by === 'reporter' ? '' : `says ${by}`].filter(Boolean).join(' · '))));
      })));
    }));
}
