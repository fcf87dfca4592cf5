// The legend, which is also the filter.

import { h, fill, say } from './dom.js';
import { FACETS, passing, values, isFiltered } from './walk.js';
import * as words from './words.js';

const NAMES = {
  polarity: 'Said to be so or not', certainty: 'How sure', status: 'Standing', kind: 'Kind', speaker: 'Who says it', relation: 'Relation', document: 'Document',
};
const ORDER = ['kind', 'polarity', 'certainty', 'status', 'speaker', 'relation', 'document'];
const LABELS = { positive: 'it is so', negative: 'it is not so', reporter: 'the reporter', ...words.CERTAINTY };

/** Count the claims behind every value of every facet, each under the other facets' choices. */
export function counts(model, filter) {
  const out = {};
  let plain = null;
  for (const facet of FACETS) {
    const tally = new Map();
    const claims = filter[facet]?.length || (facet !== 'kind' && isFiltered(filter)) || isFiltered(filter)
      ? passing(model, filter, facet) : (plain ??= passing(model, {}));
    for (const k of claims) for (const value of values(model, k, facet)) tally.set(value, (tally.get(value) ?? 0) + 1);
    out[facet] = tally;
  }
  return out;
}

const open = new Set();

/** Draw the legend. */
export function legend(app, box) {
  const { model, state } = app;
  const focused = document.activeElement?.dataset?.facet;
  const tallies = counts(model, state.filter);
  const colours = new Map(model.raw.kinds.map(([key, label, colour]) => [label || key, colour]));
  const titles = new Map(model.documents.map((doc) => [doc.id, doc.name]));
  const toggle = (facet, value) => {
    const now = state.filter[facet] ?? [];
    const next = now.includes(value) ? now.filter((x) => x !== value) : [...now, value];
    app.go({ filter: { ...state.filter, [facet]: next } });
    say(`${words.count(passing(model, app.state.filter).length, 'claim')} shown`);
  };
  const facets = ORDER.map((facet) => {
    const tally = tallies[facet];
    const wanted = state.filter[facet] ?? [];
    for (const value of wanted) if (!tally.has(value)) tally.set(value, 0);
    if (tally.size < 2 && !wanted.length) return null;
    const ranked = [...tally].sort((p, q) => Number(wanted.includes(q[0])) - Number(wanted.includes(p[0])) || q[1] - p[1] || p[0].localeCompare(q[0]));
    const most = open.has(facet) ? 60 : 7;
    const items = ranked.slice(0, Math.max(most, wanted.length)).map(([value, n]) => {
      const label = facet === 'document' ? titles.get(value) ?? value : facet === 'relation' ? words.relation(value) : LABELS[value] ?? value;
      return h('label', { class: facet === 'kind' ? 'kinded' : '', title: label },
        h('input', { type: 'checkbox', checked: wanted.includes(value), 'data-facet': `${facet} ${value}`, onchange: () => toggle(facet, value) }),
        facet === 'kind' ? h('span', { class: 'dot', tint: colours.get(value) }) : null,
        h('span', {}, label), h('span', { class: 'tally' }, n.toLocaleString('en')));
    });
    const rest = ranked.length - items.length;
    return h('fieldset', { class: 'facet' }, h('legend', {}, NAMES[facet]), items,
      rest > 0 || open.has(facet) ? h('button', {
        class: 'quiet', type: 'button', 'data-facet': `more ${facet}`,
        onclick: () => { if (open.has(facet)) open.delete(facet); else open.add(facet); legend(app, box); },
      }, open.has(facet) ? 'Show fewer' : `${rest.toLocaleString('en')} more`) : null);
  });
  const date = (name, label) => h('label', {}, label, h('input', {
    type: 'date', value: state.filter[name] ?? '', 'data-facet': `date ${name}`,
    onchange: (e) => app.go({ filter: { ...state.filter, [name]: e.target.value } }),
  }));
  fill(box,
    h('div', { class: 'head' }, h('h2', {}, 'Filter'),
      isFiltered(state.filter) ? h('button', { class: 'quiet', type: 'button', onclick: () => app.go({ filter: {} }) }, 'Clear all') : null,
      h('button', { class: 'phone-only', type: 'button', onclick: () => app.toggleLegend(false) }, 'Close')),
    facets,
    h('fieldset', { class: 'facet' }, h('legend', {}, 'Date'),
      h('select', { 'aria-label': 'Which date', 'data-facet': 'date by', onchange: (e) => app.go({ filter: { ...state.filter, by: e.target.value === 'meant' ? 'meant' : undefined } }) },
        h('option', { value: 'said', selected: state.filter.by !== 'meant' }, 'when it was said'),
        h('option', { value: 'meant', selected: state.filter.by === 'meant' }, 'when it is meant to be')),
      h('div', { class: 'dates' }, date('from', 'from'), date('to', 'to'))));
  if (focused) [...box.querySelectorAll('[data-facet]')].find((element) => element.dataset.facet === focused)?.focus();
}
