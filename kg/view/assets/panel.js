// The panel beside the picture: what the page holds, a node, a line, or one claim with its words.

import { h, link, s } from './dom.js';
import { DASHES } from './picture.js';
import * as words from './words.js';

const chip = (text, kind) => h('span', { class: `chip chip-${kind}` }, text);

/** A claim as one line to press. */
export function row(app, k, { speaker = true, date = 'said' } = {}) {
  const { model } = app;
  const by = model.speaker(k);
  const when = words.date(date === 'meant' ? model.meant(k) : model.said(k));
  return h('button', { class: 'claim', type: 'button', onclick: () => app.go({ claim: k, line: null, node: -1 }) },
    h('span', { class: 'claim-line' }, words.line(model, k).map(([text, role]) => [h('span', { class: `w-${role}` }, text), ' '])),
    h('span', { class: 'claim-foot' },
      words.marks(model, k).map(({ text, kind }) => chip(text, kind)),
      speaker && by !== 'reporter' ? h('span', { class: 'by' }, `says ${by}`) : null,
      when ? h('span', { class: 'by' }, when) : null));
}

/** A list of claims, the first few at once, the rest on request. */
export function rows(app, claims, options = {}, first = 12) {
  const box = h('div', { class: 'claims' });
  let upto = 0;
  const more = h('button', { class: 'quiet', type: 'button', onclick: () => grow() });
  const grow = () => {
    const next = claims.slice(upto, upto + (upto ? 50 : first));
    upto += next.length;
    more.remove();
    box.append(...next.map((k) => row(app, k, options)));
    if (upto < claims.length) {
      more.textContent = `Show more (${claims.length - upto})`;
      box.append(more);
    }
  };
  grow();
  return box;
}

/** The paragraph of a claim, the words of the claim marked unless it speaks for its whole sentence. */
export function quote(app, k, single = true) {
  const c = app.model.claim(k);
  const ranges = !single ? [] : [
    ...['subject', 'relation', 'object', 'cue'].filter((name) => c.spans[name]).map((name) => [name, ...c.spans[name]]),
    ...c.cues.map((cue) => ['cue', cue.start, cue.end]),
  ];
  const [from, to] = c.sentenceSpan;
  if (!c.quotable || !c.doc) return h('blockquote', { class: 'quote' }, h('p', {}, c.text));
  const before = c.doc.text.lastIndexOf('\n', Math.max(from - 1, 0)) + 1;
  const next = c.doc.text.indexOf('\n', to);
  const after = next < 0 ? c.doc.text.length : next;
  const near = (start, end, edge) => {
    const text = c.doc.text.slice(start, end);
    if (text.length <= 320) return text;
    return edge === 'before' ? `… ${text.slice(-300).replace(/^\S*\s/, '')}` : `${text.slice(0, 300).replace(/\s\S*$/, '')} …`;
  };
  return h('blockquote', { class: 'quote' },
    h('p', {},
      h('span', { class: 'around' }, near(Math.min(before, from), from, 'before')),
      marked(c.doc.text, from, to, ranges),
      h('span', { class: 'around' }, near(to, Math.max(after, to), 'after'))));
}

const TITLES = { subject: 'subject', relation: 'relation', object: 'object', cue: 'cue: what the judgement rests on', number: 'number' };

/** A stretch of text cut at the ends of the ranges, each piece marked by what covers it. */
export function marked(text, from, to, ranges) {
  const kept = ranges.map(([name, a, b]) => [name, Math.max(a, from), Math.min(b, to)]).filter(([, a, b]) => a < b);
  const cuts = [...new Set([from, to, ...kept.flatMap(([, a, b]) => [a, b])])].sort((p, q) => p - q);
  const out = [];
  for (let n = 0; n + 1 < cuts.length; n++) {
    const piece = text.slice(cuts[n], cuts[n + 1]);
    const names = [...new Set(kept.filter(([, a, b]) => a <= cuts[n] && b >= cuts[n + 1]).map(([name]) => name))];
    if (!names.length) out.push(piece);
    else out.push(h('mark', { class: names.map((name) => `m-${name}`).join(' '), title: names.map((name) => TITLES[name]).join(', ') }, piece));
  }
  return out;
}

const markKey = () => h('p', { class: 'mark-key', 'aria-hidden': 'true' },
  ['subject', 'relation', 'object', 'cue'].map((name) => [h('mark', { class: `m-${name}` }, name), ' ']));

function chain(app, c) {
  return h('ol', { class: 'chain' }, c.chain.map((name, n) => {
    const at = n === 0 ? -1 : app.model.named(name);
    const label = n === 0 ? `the reporter${c.doc?.source ? ` (${c.doc.source})` : ''}` : name;
    return h('li', {}, at < 0 ? h('span', {}, label)
      : h('button', { class: 'name', type: 'button', onclick: () => app.go({ node: at, claim: -1, line: null }) }, label));
  }));
}

const by = (doc) => (doc ? h('p', { class: 'by' }, [doc.name, words.date(doc.date)].filter(Boolean).join(', ')) : null);

function readButton(app, k) {
  const { doc, quotable } = app.model.claim(k);
  if (!doc || !quotable) return null;
  return h('button', { type: 'button', class: 'pill', onclick: () => app.go({ tab: 'articles', article: app.model.documents.indexOf(doc), claim: k, line: null, node: -1 }) }, 'Read in the article');
}

const term = (name, ...value) => [h('dt', {}, name), h('dd', {}, value)];

/** All that is known of one claim. */
export function claim(app, k, open = true) {
  const { model } = app;
  const c = model.claim(k);
  const clashes = model.clashes.get(k) ?? [];
  const sure = words.CERTAINTY[c.certainty] ?? c.certainty;
  const own = c.chain.length < 2;
  const name = (i) => h('button', { class: 'name', type: 'button', onclick: () => app.go({ node: i, claim: -1, line: null }) }, model.labels[i]);
  return h('article', { class: 'card', 'data-claim': c.id },
    h(open ? 'h2' : 'h3', { class: 'statement' },
      name(c.subject), ' ', c.polarity === 'negative' ? [h('span', { class: 'w-not' }, 'not'), ' '] : null,
      h('span', { class: 'w-relation' }, words.relation(c.relation)), ' ', c.object >= 0 ? name(c.object) : null),
    h('p', { class: 'chips' }, words.marks(model, k).map(({ text, kind }) => chip(text, kind)),
      words.isPlain(c) ? chip('stated as certain', 'sure') : null),
    quote(app, k),
    open ? markKey() : null,
    h('dl', { class: 'facts' },
      term('Who says so', chain(app, c)),
      term('Certainty', own ? sure : `${sure} to ${words.who(c.speaker)}; ${words.CERTAINTY[c.reporter] ?? c.reporter} to the reporter`),
      term('Polarity', c.polarity === 'negative' ? 'negative: it is said not to be so' : 'positive'),
      c.condition ? term('Condition', c.condition) : null,
      c.antecedent ? term('Standing', 'part of a condition; nobody says that it is so') : null,
      c.modality !== 'none' ? term('Modality', c.modality) : null,
      c.tense ? term('Tense', c.tense) : null,
      c.said ? term('Said', words.date(c.said)) : null,
      c.meant ? term('Meant', words.date(c.meant)) : null,
      c.phrase && c.object >= 0 && c.phrase !== model.labels[c.object] ? term('In full', `“${c.phrase}”`) : null,
      c.arguments.map((a) => term(a.role, a.text)),
      c.doc ? term('Document', [c.doc.name, c.doc.date ? `, ${words.date(c.doc.date)}` : '', c.doc.url ? [' · ', link(c.doc.url, 'original')] : null]) : null,
      open && c.rule ? term('Found by', `rule ${c.rule}, confidence ${c.confidence.toFixed(2)}`) : null),
    h('p', { class: 'actions' },
      readButton(app, k),
      h('button', { type: 'button', onclick: () => app.go({ tab: 'graph', mode: 'focus', focus: c.object >= 0 && c.object !== c.subject ? [c.subject, c.object] : [c.subject], depth: 1, add: [], hide: [] }) }, 'Show in the graph'),
      h('button', { type: 'button', onclick: () => app.copyLink() }, 'Copy link')),
    clashes.length && open ? h('section', {}, h('h3', {}, 'The opposite is also said'), rows(app, clashes)) : null);
}

/** Several claims: those of one sentence under it, those behind a line of the picture each with its own. */
export function line(app, claims) {
  const { model } = app;
  if (claims.length === 1) return claim(app, claims[0]);
  const { doc, sentenceSpan: [from], text } = model.claim(claims[0]);
  const same = claims.every((k) => model.raw.claims.from[k] === from && model.doc(k) === doc && model.claimText(k) === text);
  if (same) {
    return h('div', {},
      h('h2', { class: 'panel-title' }, words.count(claims.length, 'claim'), ' in one sentence'),
      quote(app, claims[0], false), by(doc),
      rows(app, claims, {}, 40),
      readButton(app, claims[0]));
  }
  return h('div', {},
    h('h2', { class: 'panel-title' }, words.count(claims.length, 'claim'), app.state.mode === 'path' ? ' on this path' : ' on this line'),
    claims.slice(0, 30).map((k) => claim(app, k, false)),
    claims.length > 30 ? rows(app, claims.slice(30)) : null,
    model.size ? markKey() : null);
}

const section = (app, title, claims, options) => (claims.length
  ? h('section', {}, h('h3', {}, title, ' ', h('span', { class: 'tally' }, claims.length)), rows(app, claims, options)) : null);

const byDate = (model) => (p, q) => (model.said(p) ?? '').localeCompare(model.said(q) ?? '') || p - q;

/** A node: what it is, does and says, and what is said of it. */
export function node(app, i) {
  const { model } = app;
  const kind = model.kind(i);
  const label = model.labels[i];
  const said = model.saidBy(label).slice().sort(byDate(model));
  const mine = model.incident[i].slice().sort(byDate(model));
  const roles = mine.filter((k) => model.subjects[k] === i && model.objects[k] >= 0 && model.kind(model.objects[k]).key === 'Role');
  const facts = mine.filter((k) => model.subjects[k] === i && !roles.includes(k) && model.speaker(k) === 'reporter');
  const claimed = mine.filter((k) => model.subjects[k] === i && !roles.includes(k) && model.speaker(k) !== 'reporter');
  const object = mine.filter((k) => model.objects[k] === i && model.subjects[k] !== i);
  const aliases = model.aliases(i).filter((alias) => alias !== label);
  const shown = app.isShown(i);
  return h('div', { class: 'entity' },
    h('p', { class: 'kind', tint: kind.colour }, h('span', { class: 'dot' }), kind.label, model.isAnonymous.has(i) ? ', unnamed' : ''),
    h('h2', { class: 'panel-title' }, label),
    aliases.length ? h('p', { class: 'aliases' }, `also: ${aliases.slice(0, 8).join(', ')}`) : null,
    model.same(i).length ? h('p', { class: 'aliases' }, model.same(i).map((iri) => [link(iri, iri.replace(/^https?:\/\/(www\.)?/, '')), ' '])) : null,
    h('p', { class: 'actions' },
      h('button', { type: 'button', onclick: () => app.open(i) }, 'Focus'),
      h('button', { type: 'button', onclick: () => app.expand(i) }, app.state.add.includes(i) ? 'Collapse' : 'Expand'),
      shown ? h('button', { type: 'button', onclick: () => app.hide(i) }, 'Hide') : null,
      h('button', { type: 'button', onclick: () => app.finder.askPath(i) }, 'Path to …'),
      said.length ? h('button', { type: 'button', onclick: () => app.world(label) }, 'Its view of the world') : null),
    section(app, 'Roles', roles),
    section(app, 'What it does', facts),
    section(app, 'What is claimed of it', claimed),
    section(app, 'What it says', said, { speaker: false }),
    section(app, 'What is done or related to it', object));
}

/** The world according to one speaker: what it claims, and where others claim the opposite. */
export function voice(app, name) {
  const { model } = app;
  const claims = app.claims().slice().sort(byDate(model));
  const at = model.named(name);
  const plain = claims.filter((k) => words.isPlain(model.claim(k)));
  const against = claims.filter((k) => model.clashes.has(k));
  const rest = claims.filter((k) => !plain.includes(k));
  return h('div', {},
    h('p', { class: 'kind' }, 'The world according to'),
    h('h2', { class: 'panel-title' }, at < 0 ? words.who(name) : h('button', { type: 'button', class: 'name', onclick: () => app.choose(at) }, name)),
    h('p', { class: 'lead' }, `${words.count(claims.length, 'claim')} in these words or to this sense. `,
      h('button', { type: 'button', class: 'quiet', onclick: () => app.filterBy({}) }, 'All speakers')),
    section(app, 'Stated as certain', plain, { speaker: false }),
    section(app, 'Negated, uncertain or under a condition', rest, { speaker: false }),
    section(app, 'Contradicted elsewhere', against, { speaker: false }));
}

/** What the page holds, and where to begin. */
export function overview(app) {
  const { model } = app;
  const speakers = [...new Set(model.raw.claims.chain)].map((at) => model.speakers[at]).filter((name) => name !== 'reporter');
  const ranked = [...new Set(speakers)].map((name) => [name, model.saidBy(name).length]).sort((p, q) => q[1] - p[1] || p[0].localeCompare(q[0]));
  const seen = new Set();
  const clashes = [...model.clashes.keys()].filter((k) => {
    const key = `${model.subjects[k]} ${model.raw.claims.r[k]} ${model.objects[k]}`;
    return !seen.has(key) && seen.add(key);
  });
  if (!model.claims) {
    return h('div', { class: 'overview' }, h('h2', { class: 'panel-title' }, 'Nothing here yet'),
      h('p', { class: 'lead' }, `No claim was read in ${words.count(model.documents.length, 'document')}.`));
  }
  const every = [...model.subjects.keys()];
  const unsure = every.filter((k) => model.certainty(k) !== 'certain').length;
  const negative = every.filter((k) => model.polarity(k) === 'negative').length;
  const told = every.filter((k) => model.speaker(k) !== 'reporter').length;
  return h('div', { class: 'overview' },
    h('h2', { class: 'panel-title' }, 'Who says what'),
    h('p', { class: 'lead' },
      `${words.count(model.claims, 'claim')} about ${words.count(model.size, 'person, thing or idea', 'people, things and ideas')}, read in ${words.count(model.documents.length, 'document')}. `,
      'Press a circle for what it does and says, or a line for the sentence it stands on.'),
    h('dl', { class: 'figures' },
      [[told, 'attributed', { status: ['attributed'] }], [negative, 'negated', { polarity: ['negative'] }], [unsure, 'not certain', { certainty: ['probable', 'possible', 'unknown'] }]]
        .map(([n, label, filter]) => h('div', {}, h('dt', {}, label), h('dd', {}, h('button', { type: 'button', class: 'figure', 'aria-label': `${n} ${label}: show only these`, onclick: () => app.filterBy(filter) }, n.toLocaleString('en')))))),
    key(),
    ranked.length ? h('section', {}, h('h3', {}, 'Who speaks most'), h('p', { class: 'names' },
      ranked.slice(0, 8).map(([name, n]) => h('button', { type: 'button', class: 'pill', onclick: () => app.world(name) }, name, ' ', h('span', { class: 'tally' }, n))))) : null,
    clashes.length ? h('section', {}, h('h3', {}, 'Where they contradict each other'), rows(app, clashes, {}, 5)) : null,
    h('section', {}, h('h3', {}, 'Documents'), h('ul', { class: 'documents' }, model.documents.slice(0, 12).map((doc, n) =>
      h('li', {}, h('button', { type: 'button', class: 'name', onclick: () => app.go({ tab: 'articles', article: n }) }, doc.name),
        h('span', { class: 'by' }, [words.date(doc.date), doc.source].filter(Boolean).join(' · '))))),
      model.documents.length > 12 ? h('button', { type: 'button', class: 'quiet', onclick: () => app.go({ tab: 'articles' }) }, `All ${model.documents.length} documents`) : null));
}

/** How to read the lines. */
function key() {
  const sample = (kind, mark, text) => h('li', {},
    s('svg', { class: `sample sample-${kind}`, viewBox: '0 0 62 16', 'aria-hidden': 'true' },
      s('line', { x1: 0, x2: 62, y1: 8, y2: 8, 'stroke-dasharray': (DASHES[kind] ?? []).join(' ') || null }),
      mark ? s('text', { x: 31, y: 12 }, mark) : null),
    text);
  return h('details', { class: 'key', open: true }, h('summary', {}, 'How to read the lines'),
    h('ul', {},
      sample('plain', '', 'the reporter states it'),
      sample('said', '“', 'somebody else says it'),
      sample('negative', 'NOT', 'it is said not to be so'),
      sample('probable', '?', 'probable'),
      sample('possible', '?', 'possible'),
      sample('unknown', '?', 'not settled: planned, wanted, open'),
      sample('plain', 'if', 'only under a condition'),
      sample('plain', '≠', 'somebody says the opposite')));
}
