// Puts the page together: one state, read from the address, drawn everywhere it shows.

import { $, h, fill, say } from './dom.js';
import { load, Model } from './data.js';
import { EMPTY, read, write } from './state.js';
import { Finder } from './finder.js';
import { furnish } from './furniture.js';
import { keyboard, onPicture } from './keys.js';
import { Stage } from './stage.js';
import { legend } from './legend.js';
import { articles } from './article.js';
import { table } from './table.js';
import { timeline } from './timeline.js';
import { numberSheet } from './numbers.js';
import { scene, groups } from './scene.js';
import * as panel from './panel.js';
import * as walk from './walk.js';
import * as words from './words.js';

const SHEETS = { table, timeline, numbers: numberSheet, articles };
const TABS = ['graph', ...Object.keys(SHEETS)];
const NOTHING = { node: -1, claim: -1, line: null };
/** The view from which the picture starts again. */
const AFRESH = { tab: 'graph', mode: 'start', focus: [], depth: 1, add: [], hide: [], open: [] };

class App {
  constructor(model) {
    this.model = model;
    this.state = EMPTY;
    this.steps = 0;
    this.stage = new Stage($('canvas'), {
      pick: (what) => this.pick(what),
      open: (id) => this.open(id),
      hover: (what, x, y) => this.hover(what, x, y),
      key: (event) => onPicture(this, event),
      reshape: () => this.reshape(),
    });
  }

  start() {
    furnish(this, TABS);
    this.finder = new Finder(this);
    keyboard(this, TABS);
    window.addEventListener('hashchange', () => this.follow());
    this.follow();
    document.documentElement.dataset.ready = 'true';
  }

  /** Change the state; the address follows, and with it everything else. */
  go(patch) {
    const next = { ...this.state, ...patch };
    if ('filter' in patch) next.filter = tidy(patch.filter);
    const fragment = write(this.model, next);
    if (fragment === write(this.model, this.state)) return;
    this.steps += 1;
    location.hash = fragment;
    this.follow();
  }

  back() { if (this.steps > 0) { this.steps -= 1; history.back(); } }

  follow() {
    const raw = location.hash;
    if (raw === this.followed) return;
    this.followed = raw;
    const before = this.state;
    this.state = read(this.model, raw);
    if (raw.length < 2 && this.model.raw.focus >= 0) this.state = { ...this.state, node: this.model.raw.focus };
    this.draw(before);
  }

  claims() {
    if (this.passedFor !== this.state.filter) {
      this.passed = walk.passing(this.model, this.state.filter);
      this.passedFor = this.state.filter;
    }
    return this.passed;
  }

  /** The claims on the screen: those drawn, or those listed. */
  visible() {
    if (this.state.tab !== 'graph') return this.claims();
    return [...new Set(this.stage.scene.edges.flatMap((edge) => [...edge.claims, ...edge.more]))].sort((p, q) => p - q);
  }

  draw(before) {
    const { state } = this;
    for (const button of $('tabs').children) {
      if (button.dataset.tab === state.tab) button.setAttribute('aria-current', 'page');
      else button.removeAttribute('aria-current');
    }
    $('undo').disabled = this.steps < 1;
    const graph = state.tab === 'graph';
    $('stage').hidden = !graph;
    $('sheet').hidden = graph;
    if (JSON.stringify(before.filter) !== JSON.stringify(state.filter) || !this.drawn) legend(this, $('legend'));
    if (graph) this.picture();
    else this.sheet();
    this.bar();
    this.details();
    this.light();
    this.drawn = true;
  }

  picture() {
    const { state, model } = this;
    const limit = walk.room(this.stage.size);
    const folded = state.mode === 'groups';
    const place = JSON.stringify([state.mode, state.focus, state.depth, state.filter, state.open, limit]);
    const walked = JSON.stringify([state.add, state.hide]);
    const same = place === this.placed;
    const wanted = folded ? [] : walk.shown(model, state, this.claims(), limit);
    if (same && walked === this.walked && wanted.every((i) => this.stage.scene.at.has(i))) return;
    const grows = same || (folded && this.mode === 'groups');
    const whole = state.mode === 'all' || state.mode === 'path';
    const how = { size: this.stage.size, before: grows ? this.stage.scene : null, whole, always: state.focus };
    [this.placed, this.walked, this.mode] = [place, walked, state.mode];
    this.stage.show(folded ? groups(model, this.claims(), state.open, how) : scene(model, wanted, this.claims(), how));
    this.announce();
  }

  announce() {
    const { nodes, edges } = this.stage.scene;
    $('canvas').setAttribute('aria-label', `Graph of ${words.count(nodes.length, 'node')} and ${words.count(edges.length, 'line')}. Arrow keys move between nodes, Enter opens one. The table has the same claims as text.`);
    const empty = nodes.length ? null : this.model.claims ? ['No claim passes this filter.', h('button', { type: 'button', onclick: () => this.go({ filter: {} }) }, 'Clear the filter')] : 'This graph has no claims yet.';
    fill($('empty'), empty);
    $('empty').hidden = !empty;
  }

  /** Lay out anew for a window of another shape, unless the user has moved the picture. */
  reshape() {
    if (!this.drawn || this.state.tab !== 'graph') return;
    this.placed = undefined;
    this.picture();
    this.light();
  }

  sheet() {
    const { state } = this;
    const made = SHEETS[state.tab](this);
    fill($('sheet'), made);
    const here = $('sheet').querySelector('[data-here]');
    if (here) here.scrollIntoView({ block: 'center' });
    else if (this.sheetOf !== `${state.tab} ${state.article}`) $('sheet').scrollTop = 0;
    this.sheetOf = `${state.tab} ${state.article}`;
  }

  bar() {
    const { state } = this;
    const graph = state.tab === 'graph';
    const mode = (name, label) => h('button', { type: 'button', 'aria-pressed': String(state.mode === name), onclick: () => this.go({ ...AFRESH, ...NOTHING, mode: name }) }, label);
    const steps = [1, 2, 3].map((n) => h('button', { type: 'button', 'aria-pressed': String(state.depth === n), onclick: () => this.go({ depth: n }) }, n));
    fill($('bar'),
      h('button', { type: 'button', class: 'phone-only', id: 'filter', onclick: () => this.toggleLegend(true) }, walk.isFiltered(state.filter) ? 'Filter •' : 'Filter'),
      h('span', { class: 'where' }, this.where()),
      graph && state.mode === 'focus' ? h('span', { class: 'group', role: 'group', 'aria-label': 'How far around' }, 'Steps', steps) : null,
      graph ? [mode('start', 'Main'), mode('groups', 'Groups'), this.model.raw.whole && this.model.size <= 3000 ? mode('all', 'All') : null] : null);
  }

  /** What the screen shows, in words. */
  where() {
    const { state, model } = this;
    const voice = this.voice();
    if (state.tab !== 'graph') return [words.count(this.claims().length, 'claim'), voice ? [' according to ', h('b', {}, words.who(voice))] : null];
    const shown = this.stage.scene.nodes.length;
    const names = state.focus.map((i) => model.labels[i]);
    const joined = names.length > 3 ? `${names[0]} … ${names.at(-1)}` : names.join(state.mode === 'path' ? ' → ' : ' and ');
    const start = voice ? ['According to ', h('b', {}, words.who(voice))] : walk.isFiltered(state.filter) ? 'Filtered' : 'Main actors';
    const what = {
      start, all: 'Everything', groups: 'Groups', focus: h('b', {}, words.clip(joined, 60)), path: ['Path: ', h('b', {}, words.clip(joined, 60))],
    }[state.mode];
    const thinned = this.stage.scene.edges.some((edge) => edge.spare) ? h('span', { class: 'desk' }, ', their strongest lines') : null;
    return [what, state.mode === 'groups' ? `: ${shown} shown; press one to open it` : `: ${shown} of ${words.count(model.size, 'node')}`, thinned];
  }

  /** The one speaker whose view is shown, if it is one's. */
  voice() { const { speaker } = this.state.filter; return speaker?.length === 1 ? speaker[0] : null; }

  details() {
    const { state, model } = this;
    const chosen = state.claim >= 0 || state.line || state.node >= 0;
    const voice = this.voice();
    $('room').classList.toggle('roomy', state.tab !== 'graph' && !chosen); // a phone has no room for both
    const key = JSON.stringify(chosen ? [state.node, state.claim, state.line, state.add] : ['', voice, voice ? state.filter : '']);
    if (key === this.detailed) return;
    this.detailed = key;
    const made = state.claim >= 0 ? panel.claim(this, state.claim)
      : state.line ? panel.line(this, state.line)
        : state.node >= 0 ? panel.node(this, state.node) : voice ? panel.voice(this, voice) : panel.overview(this);
    fill($('panel'), chosen ? h('button', { class: 'quiet', type: 'button', onclick: () => this.go(NOTHING) }, voice ? `← ${words.clip(words.who(voice), 30)}` : '← Overview') : null, made);
    $('panel').scrollTop = 0;
    if (state.node >= 0) {
      this.finder.remember(state.node);
      say(`${model.labels[state.node]}, ${model.kind(state.node).label}, ${words.count(model.incident[state.node].length, 'claim')}`);
    } else if (state.claim >= 0) say(words.plain(model, state.claim));
  }

  /** What stands out in the picture. */
  light() {
    const { state, stage } = this;
    const { edges } = stage.scene;
    const nodes = new Set();
    const lit = new Set();
    let chosen = null;
    if (state.claim >= 0 || state.line) {
      const wanted = new Set(state.line ?? [state.claim]);
      for (const edge of edges) if (edge.claims.some((k) => wanted.has(k)) || edge.more.some((k) => wanted.has(k))) { lit.add(edge); nodes.add(edge.a).add(edge.b); }
    } else if (state.node >= 0 && stage.scene.at.has(state.node)) {
      chosen = state.node;
      nodes.add(chosen);
      for (const edge of edges) if (edge.a === chosen || edge.b === chosen) { lit.add(edge); nodes.add(edge.a).add(edge.b); }
    }
    stage.highlight(nodes.size ? { nodes, edges: lit, chosen } : null);
    if (chosen !== null) stage.reveal(chosen);
  }

  pick(what) {
    if (what?.node) this.choose(what.node.id);
    else if (what?.edge) this.openSentence([...what.edge.claims, ...what.edge.more]);
    else this.go(NOTHING);
  }

  choose(id) {
    if (id >= this.model.size) this.go({ ...NOTHING, open: [...this.state.open, id - this.model.size] });
    else this.go({ ...NOTHING, node: id });
  }
  open(id) { if (id < this.model.size) this.go({ ...AFRESH, ...NOTHING, mode: 'focus', focus: [id], node: id }); }
  /** Go to a node that was looked for. */
  find(id) { if (this.state.tab === 'graph' && this.isShown(id)) this.choose(id); else this.open(id); }
  openSentence(claims) { this.go(claims.length === 1 ? { ...NOTHING, claim: claims[0] } : { ...NOTHING, line: claims }); }

  hover(what, x, y) {
    const tip = $('tip');
    tip.hidden = !what;
    if (!what) return;
    if (what.node) {
      const { id, label } = what.node;
      tip.textContent = id < this.model.size
        ? `${label}: ${this.model.kind(id).label}, ${words.count(this.model.incident[id].length, 'claim')}` : label;
    } else {
      const [k] = what.edge.claims;
      const notes = words.marks(this.model, k).map(({ text }) => text).filter((text) => text !== 'negated');
      const by = this.model.speaker(k);
      const more = what.edge.claims.length + what.edge.more.length - 1;
      tip.textContent = [words.plain(this.model, k), ...notes, by === 'reporter' ? '' : `says ${by}`, more ? `and ${more} more` : ''].filter(Boolean).join(' · ');
    }
    tip.style.left = `${Math.max(8, Math.min(x + 14, this.stage.width - Math.min(tip.offsetWidth, 320) - 8))}px`;
    tip.style.top = `${y + 20 + tip.offsetHeight > this.stage.height ? y - tip.offsetHeight - 12 : y + 20}px`;
  }

  isShown(i) { return this.stage.scene.at.has(i); }
  expand(i) {
    const add = this.state.add.includes(i) ? this.state.add.filter((n) => n !== i) : [...this.state.add, i];
    this.go({ tab: 'graph', add, hide: this.state.hide.filter((n) => n !== i) });
  }
  hide(i) { this.go({ hide: [...this.state.hide, i], add: this.state.add.filter((n) => n !== i), node: -1 }); }
  filterBy(filter) { this.go({ ...AFRESH, ...NOTHING, filter }); }
  world(name) { this.filterBy({ speaker: [name] }); }
  findPath(from, to) {
    const way = walk.path(this.model, from, to, this.claims());
    if (!way) { say('No path under this filter'); $('search').placeholder = 'No path under this filter'; return; }
    const on = walk.lines(this.model, way, this.claims(), 1).flatMap((edge) => edge.claims).slice(0, 40);
    this.go({ ...AFRESH, ...NOTHING, mode: 'path', focus: way, line: on });
  }

  async copyLink() {
    try { await navigator.clipboard.writeText(location.href); say('Link copied'); } catch { window.prompt('Copy this address', location.href); }
  }

  toggleLegend(open) {
    $('legend').classList.toggle('open', open);
    if (open) $('legend').querySelector('button, input')?.focus(); else $('filter')?.focus();
  }
}

/** A filter without the facets that hold nothing. */
function tidy(filter) {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => (Array.isArray(value) ? value.length : value)));
}

load($('data')).then((raw) => {
  const app = new App(new Model(raw));
  window.kgPage = app;
  app.start();
}).catch((error) => {
  $('panel').textContent = `The page could not be opened: ${error.message}`;
  throw error;
});
