// Claims over time: a column for each stretch of days, which filters when pressed.

import { h, s } from './dom.js';
import { rows } from './panel.js';
import { passing } from './walk.js';
import * as words from './words.js';

/** Put claims into equal stretches of days; at most `most` of them. */
export function columns(spans, most = 60) {
  if (!spans.length) return [];
  let low = Infinity;
  let high = -Infinity;
  for (const [, [from, to]] of spans) { low = Math.min(low, from); high = Math.max(high, to); }
  const step = [1, 7, 30, 91, 365, 3650].find((days) => (high - low + 1) / days <= most) ?? 36500;
  const out = Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, n) => ({ from: low + n * step, to: Math.min(low + (n + 1) * step - 1, high), claims: [] }));
  for (const [k, [from]] of spans) out[Math.floor((from - low) / step)].claims.push(k);
  return out;
}

export function timeline(app) {
  const { model, state } = app;
  const by = state.filter.by === 'meant' ? 'meant' : 'said';
  const all = passing(model, state.filter, 'date');
  const spans = [];
  for (const k of all) { const span = words.days(by === 'meant' ? model.meant(k) : model.said(k)); if (span) spans.push([k, span]); }
  const made = columns(spans);
  const most = Math.max(1, ...made.map((column) => column.claims.length));
  const from = state.filter.from ? words.days(state.filter.from)?.[0] ?? -Infinity : -Infinity;
  const to = state.filter.to ? words.days(state.filter.to)?.[1] ?? Infinity : Infinity;
  const which = (name, label) => h('button', { type: 'button', 'aria-pressed': String(by === name), onclick: () => app.go({ filter: { ...state.filter, by: name === 'meant' ? 'meant' : undefined, from: undefined, to: undefined } }) }, label);
  const wide = 900;
  const each = wide / Math.max(made.length, 1);
  const name = (column) => (column.from === column.to ? words.date(words.iso(column.from)) : `${words.date(words.iso(column.from))} to ${words.date(words.iso(column.to))}`);
  const press = (column) => app.go({ filter: { ...state.filter, from: words.iso(column.from), to: words.iso(column.to) } });
  const bars = made.map((column, n) => {
    if (!column.claims.length) return null;
    const tall = (column.claims.length / most) * 130;
    const label = `${name(column)}: ${words.count(column.claims.length, 'claim')}`;
    return s('g', {
      role: 'button', tabindex: 0, 'aria-label': label, onclick: () => press(column),
      onkeydown: (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); press(column); } },
    }, s('title', {}, label),
    s('rect', { class: 'hit', x: n * each, y: 0, width: each, height: 150 }),
    s('rect', { class: column.to < from || column.from > to ? 'column off' : 'column', x: n * each + Math.min(each * 0.1, 3), y: 150 - tall, width: Math.max(Math.min(each * 0.8, 46), 1.5), height: tall }));
  });
  const listed = app.claims().filter((k) => words.days(by === 'meant' ? model.meant(k) : model.said(k)));
  listed.sort((p, q) => words.days(by === 'meant' ? model.meant(p) : model.said(p))[0] - words.days(by === 'meant' ? model.meant(q) : model.said(q))[0] || p - q);
  return h('div', {},
    h('h2', {}, by === 'meant' ? 'When it is meant to be' : 'When it was said'),
    h('p', { class: 'actions' }, which('said', 'Said'), which('meant', 'Meant'),
      state.filter.from || state.filter.to ? h('button', { type: 'button', onclick: () => app.go({ filter: { ...state.filter, from: undefined, to: undefined } }) }, 'All dates') : null),
    made.length ? [
      s('svg', { class: 'chart', viewBox: '0 0 900 151', preserveAspectRatio: 'none', role: 'group', 'aria-label': 'Claims over time' }, s('line', { class: 'axis', x1: 0, x2: wide, y1: 150, y2: 150 }), bars),
      h('p', { class: 'ends', 'aria-hidden': 'true' }, [...new Set([made[0].from, made.at(-1).to])].map((day) => h('span', {}, words.date(words.iso(day)))))]
      : h('p', { class: 'by' }, 'No claim here has a date.'),
    made.length ? h('p', { class: 'by' }, `${words.count(spans.length, 'claim')} with a date, ${all.length - spans.length} without. Press a column to keep only its claims.`) : null,
    rows(app, listed, { date: by }, 40));
}
