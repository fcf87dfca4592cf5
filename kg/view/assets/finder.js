// The search box: names and sentences as one list of suggestions, and the far end of a path.

import { $, h, fill, say } from './dom.js';
import { Names, Sentences, excerpt, fold } from './search.js';
import * as words from './words.js';

const HINT = 'Find a name or a word …';

export class Finder {
  constructor(app) {
    this.app = app;
    this.input = $('search');
    this.list = $('hits');
    this.hits = [];
    this.at = -1;
    this.from = -1;
    this.recent = [];
    this.input.placeholder = HINT;
    this.input.addEventListener('input', () => this.show());
    this.input.addEventListener('focus', () => this.show());
    this.input.addEventListener('blur', () => this.close());
    this.input.addEventListener('keydown', (e) => this.key(e));
    (window.requestIdleCallback ?? setTimeout)(() => this.prepare()); // so that the first letter need not wait
  }

  prepare() {
    this.names ??= new Names(this.app.model);
    this.sentences ??= new Sentences(this.app.model);
  }

  remember(i) { this.recent = [i, ...this.recent.filter((n) => n !== i)].slice(0, 8); }

  /** Ask for the other end of a path from a node. */
  askPath(i) {
    const { labels } = this.app.model;
    this.from = i;
    this.input.placeholder = `Path from ${words.clip(labels[i], 24)} to …`;
    this.input.focus();
    say(`Choose where the path from ${labels[i]} leads`);
  }

  stopAsking() { this.from = -1; this.input.placeholder = HINT; }

  /** What is suggested for a text: nodes, and sentences with their claims. */
  suggest(asked) {
    this.prepare();
    if (!asked) return this.recent.map((node) => ({ node }));
    const names = this.names.find(asked, 8).map((node) => ({ node }));
    if (this.from >= 0) return names;
    return [...names, ...this.sentences.find(asked, 6).map((claims) => ({ claims }))];
  }

  show() {
    const asked = this.input.value.trim();
    this.hits = this.suggest(asked);
    const group = (name, wanted) => {
      const options = this.hits.flatMap((hit, n) => (wanted(hit) ? [this.option(hit, n, asked)] : []));
      return options.length ? h('div', { role: 'group', 'aria-label': name }, h('p', { class: 'head', 'aria-hidden': 'true' }, name), options) : null;
    };
    fill(this.list, group(asked ? 'Names' : 'Seen before', (hit) => !hit.claims), group('Sentences', (hit) => hit.claims));
    if (!this.hits.length && asked) {
      this.list.append(h('div', { class: 'none', role: 'option', 'aria-selected': 'false', 'aria-disabled': 'true' }, 'Neither a name nor a sentence has this'));
    }
    this.list.hidden = !this.list.childNodes.length;
    this.input.setAttribute('aria-expanded', String(!this.list.hidden));
    this.mark(this.hits.length && asked ? 0 : -1);
  }

  option(hit, n, asked) {
    const { model } = this.app;
    const attributes = { role: 'option', id: `hit-${n}`, 'aria-selected': 'false', onpointerdown: (e) => { e.preventDefault(); this.choose(hit); } };
    if (hit.claims) {
      const claim = model.claim(hit.claims[0]);
      return h('div', { ...attributes, class: 'sentence' },
        h('span', {}, excerpt(claim.text, asked).map(([text, found]) => (found ? h('b', {}, text) : text))),
        h('span', { class: 'tally' }, [words.count(hit.claims.length, 'claim'), words.date(claim.doc?.date)].filter(Boolean).join(' · ')));
    }
    const i = hit.node;
    const kind = model.kind(i);
    const alias = asked && !fold(model.labels[i]).includes(fold(asked)) ? model.aliases(i).find((a) => fold(a).includes(fold(asked))) : null;
    return h('div', attributes,
      h('span', { class: 'dot', tint: kind.colour }), h('span', {}, model.labels[i], alias ? h('span', { class: 'by' }, ` (${alias})`) : null),
      h('span', { class: 'tally' }, `${kind.label} · ${words.count(model.incident[i].length, 'claim')}`));
  }

  choose(hit) {
    const { app } = this;
    this.input.value = '';
    this.close();
    if (hit.claims) {
      app.openSentence(hit.claims);
      $('panel').focus();
    } else {
      const from = this.from;
      this.stopAsking();
      if (from >= 0) app.findPath(from, hit.node);
      else app.find(hit.node);
      $('canvas').focus();
    }
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.mark(-1);
  }

  mark(n) {
    this.at = n;
    [...this.list.querySelectorAll('[id]')].forEach((option, k) => option.setAttribute('aria-selected', String(k === n)));
    if (n < 0) { this.input.removeAttribute('aria-activedescendant'); return; }
    this.input.setAttribute('aria-activedescendant', `hit-${n}`);
    $(`hit-${n}`)?.scrollIntoView({ block: 'nearest' });
  }

  key(e) {
    const many = this.hits.length;
    if (e.key === 'ArrowDown' && many) { e.preventDefault(); this.mark((this.at + 1) % many); }
    else if (e.key === 'ArrowUp' && many) { e.preventDefault(); this.mark((this.at - 1 + many) % many); }
    else if (e.key === 'Enter' && this.hits[this.at]) { e.preventDefault(); this.choose(this.hits[this.at]); }
    else if (e.key === 'Escape') {
      e.preventDefault();
      if (this.input.value) { this.input.value = ''; this.show(); } else { this.stopAsking(); this.close(); $('canvas').focus(); }
    }
  }
}
