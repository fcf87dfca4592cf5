// Puts the page together: one state, read from the address, drawn everywhere it shows.

import { $, h, fill, say } from './dom.js';
import { load, Model } from './data.js';
import { EMPTY, read, write } from './state.js';
import { Names } from './search.js';
import { Stage } from './stage.js';
import { legend } from './legend.js';
import { articles } from './article.js';
import { table } from './table.js';
import { timeline } from './timeline.js';
import { numberSheet } from './numbers.js';
import * as takeaway from './takeaway.js';
import { scene, groups, nodeName } from './scene.js';
import * as panel from './panel.js';
import * as walk from './walk.js';
import * as words from './words.js';

const TABS = [['graph', 'Graph'], ['table', 'Table'], ['time', 'Timeline'], ['numbers', 'Numbers'], ['articles', 'Articles']];
const SHEETS = { table, time: timeline, numbers: numberSheet, articles };

class App {
  constructor(model) {
    this.model = model;
    this.state = EMPTY;
    this.recent = [];
    this.steps = 0;
    this.asking = -1;
    this.stage = new Stage($('canvas'), {
      pick: (what) => this.pick(what),
      open: (id) => this.open(id),
      hover: (what, x, y) => this.hover(what, x, y),
      key: (event) => this.key(event),
      reshape: () => this.reshape(),
    });
  }

  start() {
    this.furniture();
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

  countWhere(test) {
    let n = 0;
    for (let k = 0; k < this.model.claims; k++) if (test(k)) n += 1;
    return n;
  }

  claimsOf(article) {
    this.byDocument ??= Map.groupBy ? Map.groupBy(this.model.raw.claims.doc.keys(), (k) => this.model.raw.claims.doc[k])
      : this.model.raw.claims.doc.reduce((map, doc, k) => map.set(doc, [...(map.get(doc) ?? []), k]), new Map());
    return this.byDocument.get(article) ?? [];
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
    else this.sheet(before);
    this.bar();
    this.details(before);
    this.light();
    this.drawn = true;
  }

  picture() {
    const { state, model } = this;
    const narrow = this.stage.width < 560;
    if (state.mode === 'groups') {
      const key = JSON.stringify(['groups', state.open, state.filter, narrow]);
      if (key === this.pictured) return;
      const before = this.placed === 'groups' ? this.stage.scene : null;
      this.pictured = key;
      this.placed = 'groups';
      this.stage.show(groups(model, this.claims(), state.open, { size: this.stage.size, before }));
      this.announce();
      return;
    }
    const place = JSON.stringify([state.mode, state.focus, state.depth, state.filter, narrow]);
    const wanted = walk.shown(model, state, this.claims(), narrow);
    const key = `${place} ${wanted}`;
    if (key === this.pictured || (place === this.placed && wanted.every((i) => this.stage.scene.at.has(i)) && !this.changed(state))) return;
    const add = place === this.placed;
    this.pictured = key;
    this.placed = place;
    this.walked = JSON.stringify([state.add, state.hide]);
    const made = scene(model, wanted, this.claims(), { size: this.stage.size, before: add ? this.stage.scene : null });
    this.stage.show(made);
    this.announce();
  }

  announce() {
    const made = this.stage.scene;
    $('canvas').setAttribute('aria-label',
      `Graph of ${words.count(made.nodes.length, 'node')} and ${words.count(made.edges.length, 'line')}. Arrow keys move between nodes, Enter opens one. The table has the same claims as text.`);
  }

  /** Whether something was expanded, collapsed or hidden since the last picture. */
  changed(state) { return JSON.stringify([state.add, state.hide]) !== this.walked; }

  /** Lay out anew for a window of another shape, unless the user has moved the picture. */
  reshape() {
    if (!this.drawn || this.state.tab !== 'graph') return;
    this.placed = this.pictured = undefined;
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
    const { state, model } = this;
    const names = state.focus.map((i) => nodeName(model, i));
    const shown = this.stage.scene.nodes.length;
    const where = {
      start: walk.isFiltered(state.filter) ? 'Filtered: ' : 'Main actors: ', all: 'Everything: ', focus: '', path: 'Path: ', groups: 'Groups: ',
    }[state.mode];
    const text = state.mode === 'focus' || state.mode === 'path' ? h('b', {}, words.clip(names.length > 3 ? `${names[0]} … ${names.at(-1)}` : names.join(state.mode === 'path' ? ' → ' : ' and '), 60)) : null;
    const mode = (name, label) => h('button', { type: 'button', 'aria-pressed': String(state.mode === name), onclick: () => this.go({ mode: name, focus: [], add: [], hide: [], open: [], node: -1, claim: -1, line: null }) }, label);
    fill($('bar'),
      h('button', { type: 'button', class: 'phone-only', id: 'filter', onclick: () => this.toggleLegend(true) }, walk.isFiltered(state.filter) ? 'Filter •' : 'Filter'),
      h('span', { class: 'where' }, state.tab === 'graph' ? [where, text, text ? ': ' : '', state.mode === 'groups' ? `${shown} shown; press one to open it` : `${shown} of ${words.count(model.size, 'node')}`] : [`${words.count(this.claims().length, 'claim')}`]),
      state.tab === 'graph' ? [
        state.mode === 'focus' ? h('span', { class: 'group', role: 'group', 'aria-label': 'How far around' }, 'Steps',
          [1, 2, 3].map((n) => h('button', { type: 'button', 'aria-pressed': String(state.depth === n), onclick: () => this.go({ depth: n }) }, n))) : null,
        mode('start', 'Main'),
        mode('groups', 'Groups'),
        model.raw.whole && model.size <= 3000 ? mode('all', 'All') : null] : null);
  }

  details(before) {
    const { state } = this;
    const key = `${state.node} ${state.claim} ${state.line}`;
    const changed = key !== this.detailed;
    if (!changed && this.drawn) return;
    this.detailed = key;
    const made = state.claim >= 0 ? panel.claim(this, state.claim)
      : state.line ? panel.line(this, state.line)
        : state.node >= 0 ? panel.node(this, state.node) : panel.overview(this);
    const chosen = state.claim >= 0 || state.line || state.node >= 0;
    fill($('panel'), chosen ? h('button', { class: 'quiet', type: 'button', onclick: () => this.go({ node: -1, claim: -1, line: null }) }, '← Overview') : null, made);
    $('panel').scrollTop = 0;
    if (state.node >= 0) {
      this.remember(state.node);
      say(`${this.model.labels[state.node]}, ${this.model.kind(state.node).label}, ${words.count(this.model.incident[state.node].length, 'claim')}`);
    } else if (state.claim >= 0) say(words.plain(this.model, state.claim));
    if (this.drawn && before) this.toPanel?.();
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
    if (what?.node) {
      this.choose(what.node.id);
    } else if (what?.edge) {
      const claims = [...what.edge.claims, ...what.edge.more];
      this.go(claims.length === 1 ? { claim: claims[0], line: null, node: -1 } : { line: claims, claim: -1, node: -1 });
    } else this.go({ node: -1, claim: -1, line: null });
  }

  choose(id) {
    if (id >= this.model.size) { this.go({ open: [...this.state.open, id - this.model.size], node: -1, claim: -1, line: null }); return; }
    this.go({ node: id, claim: -1, line: null });
  }
  open(id) {
    if (id >= this.model.size) return;
    this.go({ mode: 'focus', focus: [id], depth: 1, add: [], hide: [], node: id, claim: -1, line: null });
  }

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
  world(name) { this.go({ tab: 'graph', mode: 'start', focus: [], add: [], hide: [], filter: { speaker: [name] }, claim: -1, line: null }); }
  askPath(i) {
    this.asking = i;
    $('search').placeholder = `Path from ${words.clip(this.model.labels[i], 24)} to …`;
    $('search').focus();
    say(`Choose where the path from ${this.model.labels[i]} leads`);
  }
  findPath(to) {
    const from = this.asking;
    this.stopAsking();
    const way = walk.path(this.model, from, to, this.claims());
    if (!way) { say('No path under this filter'); $('search').placeholder = 'No path under this filter'; return; }
    const on = walk.lines(this.model, way, this.claims(), 1).flatMap((edge) => edge.claims).slice(0, 40);
    this.go({ tab: 'graph', mode: 'path', focus: way, add: [], hide: [], node: -1, claim: -1, line: on });
  }
  stopAsking() { this.asking = -1; $('search').placeholder = 'Find a name …'; }

  remember(i) {
    this.recent = [i, ...this.recent.filter((n) => n !== i)].slice(0, 8);
  }

  async copyLink() {
    try { await navigator.clipboard.writeText(location.href); say('Link copied'); } catch { window.prompt('Copy this address', location.href); }
  }

  toggleLegend(open) {
    $('legend').classList.toggle('open', open);
    if (open) $('legend').querySelector('button, input')?.focus(); else $('filter')?.focus();
  }

  /** The fixed parts: tabs, tools, search, keys. */
  furniture() {
    const { model } = this;
    fill($('tabs'), TABS.map(([tab, label]) => h('button', { type: 'button', 'data-tab': tab, onclick: () => this.go({ tab }) }, label)));
    fill($('tools'),
      h('button', { type: 'button', id: 'undo', disabled: true, title: 'Back to the view before (Backspace)', onclick: () => this.back() }, '↶ Undo'),
      h('details', { class: 'menu', id: 'take' }, h('summary', {}, 'Take away'), h('div', {},
        h('p', {}, 'The picture as it is'),
        h('button', { type: 'button', onclick: () => this.stage.canvas.toBlob((blob) => takeaway.give('graph.png', blob)) }, 'Picture (PNG)'),
        h('button', { type: 'button', onclick: () => takeaway.give('graph.svg', takeaway.svg(this.stage, model.title), 'image/svg+xml') }, 'Picture (SVG)'),
        h('p', {}, 'The claims it shows'),
        [['CSV', 'csv', 'text/csv'], ['JSON', 'json', 'application/json'], ['Turtle', 'turtle', 'text/turtle'], ['SPARQL', 'sparql', 'application/sparql-query']].map(([label, name, type]) =>
          h('button', { type: 'button', onclick: () => takeaway.give(`claims.${{ turtle: 'ttl', sparql: 'rq' }[name] ?? name}`, takeaway[name](model, this.visible()), type) }, label)))),
      h('button', { type: 'button', id: 'theme', class: 'desk', onclick: () => this.theme() }, 'Dark'));
    fill($('zoom'),
      h('button', { type: 'button', 'aria-label': 'Zoom in', onclick: () => this.stage.zoomAt(this.stage.width / 2, this.stage.height / 2, 1.4) }, '+'),
      h('button', { type: 'button', 'aria-label': 'Zoom out', onclick: () => this.stage.zoomAt(this.stage.width / 2, this.stage.height / 2, 1 / 1.4) }, '−'),
      h('button', { type: 'button', onclick: () => { this.stage.fit(); this.stage.draw(); } }, 'Fit'));
    document.addEventListener('pointerdown', (e) => { if (!$('take').contains(e.target)) $('take').open = false; });
    $('skip').addEventListener('click', () => { this.go({ tab: 'table' }); $('sheet').focus(); });
    this.theme(remembered('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'), false);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (e) => { if (!remembered('theme')) this.theme(e.matches ? 'dark' : 'light', false); });
    this.searching();
    document.addEventListener('keydown', (e) => {
      const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
      if (e.key === '/' && !typing && !e.ctrlKey && !e.metaKey) { e.preventDefault(); $('search').focus(); }
      else if (e.key === 'Backspace' && !typing) { e.preventDefault(); this.back(); }
      else if (e.key === 'Escape' && !typing) {
        if ($('take').open) { $('take').open = false; $('take').firstChild.focus(); }
        else if ($('legend').classList.contains('open')) this.toggleLegend(false);
        else this.go({ node: -1, claim: -1, line: null });
      }
    });
  }

  theme(name, keep = true) {
    const root = document.documentElement;
    root.dataset.theme = name ?? (root.dataset.theme === 'dark' ? 'light' : 'dark');
    const button = $('theme');
    if (button) button.textContent = root.dataset.theme === 'dark' ? 'Light' : 'Dark';
    if (keep) remember('theme', root.dataset.theme);
    this.stage.colours();
    this.stage.stale = true;
    this.stage.draw();
  }

  searching() {
    const input = $('search');
    const list = $('hits');
    let hits = [];
    let at = -1;
    const choose = (i) => {
      input.value = '';
      close();
      if (this.asking >= 0) { this.findPath(i); return; }
      if (this.state.tab === 'graph' && this.isShown(i)) this.go({ node: i, claim: -1, line: null });
      else this.go({ tab: 'graph', mode: 'focus', focus: [i], depth: 1, add: [], hide: [], node: i, claim: -1, line: null });
      $('canvas').focus();
    };
    const close = () => { list.hidden = true; at = -1; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); };
    const mark = (n) => {
      at = n;
      [...list.querySelectorAll('[role=option]')].forEach((li, k) => li.setAttribute('aria-selected', String(k === n)));
      if (n >= 0) { input.setAttribute('aria-activedescendant', `hit-${n}`); $(`hit-${n}`)?.scrollIntoView({ block: 'nearest' }); }
    };
    const show = () => {
      const asked = input.value.trim();
      this.names ??= new Names(this.model);
      hits = asked ? this.names.find(asked) : this.recent;
      const option = (i, n) => {
        const kind = this.model.kind(i);
        const alias = asked && !fold2(this.model.labels[i]).includes(fold2(asked)) ? this.model.aliases(i).find((a) => fold2(a).includes(fold2(asked))) : null;
        return h('li', { role: 'option', id: `hit-${n}`, 'aria-selected': 'false', onpointerdown: (e) => { e.preventDefault(); choose(i); } },
          h('span', { class: 'dot', tint: kind.colour }), h('span', {}, this.model.labels[i], alias ? h('span', { class: 'by' }, ` (${alias})`) : null),
          h('span', { class: 'tally' }, `${kind.label} · ${this.model.incident[i].length}`));
      };
      fill(list, hits.map(option));
      if (!hits.length && asked) list.append(h('li', { class: 'none', role: 'option', 'aria-selected': 'false', 'aria-disabled': 'true' }, 'No name like this'));
      list.hidden = !hits.length && !asked;
      input.setAttribute('aria-expanded', String(!list.hidden));
      if (hits.length) mark(asked ? 0 : -1);
    };
    input.addEventListener('input', show);
    input.addEventListener('focus', show);
    input.addEventListener('blur', close);
    input.addEventListener('keydown', (e) => {
      if (e.key === 'ArrowDown' && hits.length) { e.preventDefault(); mark((at + 1) % hits.length); }
      else if (e.key === 'ArrowUp' && hits.length) { e.preventDefault(); mark((at - 1 + hits.length) % hits.length); }
      else if (e.key === 'Enter' && hits[at] !== undefined) { e.preventDefault(); choose(hits[at]); }
      else if (e.key === 'Escape') { if (input.value) { input.value = ''; show(); } else { this.stopAsking(); close(); $('canvas').focus(); } }
    });
  }

  /** Keys on the picture. */
  key(e) {
    const { stage, state } = this;
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (arrows[e.key]) {
      e.preventDefault();
      const [dx, dy] = arrows[e.key];
      if (e.shiftKey) stage.pan(-dx * 60, -dy * 60);
      else this.step(dx, dy);
    } else if (e.key === 'Enter' && state.node >= 0) { e.preventDefault(); $('panel').querySelector('.claim, .name, button:not(.quiet)')?.focus(); }
    else if (e.key === '+' || e.key === '=') stage.zoomAt(stage.width / 2, stage.height / 2, 1.25);
    else if (e.key === '-') stage.zoomAt(stage.width / 2, stage.height / 2, 0.8);
    else if (e.key === '0') { stage.fit(); stage.draw(); }
    else if (e.key === 'f' && state.node >= 0) this.open(state.node);
    else if (e.key === 'e' && state.node >= 0) this.expand(state.node);
    else if (e.key === 'h' && state.node >= 0) this.hide(state.node);
    else if (e.key === 'p' && state.node >= 0) { e.preventDefault(); this.askPath(state.node); }
  }

  /** Go to the nearest node in a direction. */
  step(dx, dy) {
    const { nodes, at } = this.stage.scene;
    if (!nodes.length) return;
    const now = at.get(this.state.node);
    if (!now) { this.choose(nodes[0].id); return; }
    let best = null;
    let least = Infinity;
    for (const node of nodes) {
      const along = (node.x - now.x) * dx + (node.y - now.y) * dy;
      const aside = Math.abs((node.x - now.x) * dy) + Math.abs((node.y - now.y) * dx);
      if (node === now || along <= 1) continue;
      const cost = along + 2 * aside;
      if (cost < least) { least = cost; best = node; }
    }
    if (best) this.choose(best.id);
  }
}

const fold2 = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

function tidy(filter) {
  const out = {};
  for (const [name, value] of Object.entries(filter)) if (Array.isArray(value) ? value.length : value) out[name] = value;
  return out;
}

function remembered(name) { try { return localStorage.getItem(`kg.${name}`); } catch { return null; } }
function remember(name, value) { try { localStorage.setItem(`kg.${name}`, value); } catch { /* a page without storage forgets */ } }

load($('data')).then((raw) => {
  const app = new App(new Model(raw));
  window.kgPage = app;
  app.start();
}).catch((error) => {
  $('panel').textContent = `The page could not be opened: ${error.message}`;
  throw error;
});
