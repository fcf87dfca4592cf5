// A whole article, its sentences open to the claims read in them.

import { h } from './dom.js';
import { marked } from './panel.js';
import * as words from './words.js';

export function articles(app) {
  const { model, state } = app;
  if (state.article < 0 || !model.documents[state.article]) return list(app);
  const doc = model.documents[state.article];
  const here = state.claim >= 0 && model.claim(state.claim).doc === doc ? model.claim(state.claim) : null;
  const bySentence = new Map();
  for (const k of model.claimsIn(state.article)) {
    const c = model.claim(k);
    if (!c.quotable) continue;
    const key = c.sentenceSpan.join(' ');
    if (!bySentence.has(key)) bySentence.set(key, []);
    bySentence.get(key).push(k);
  }
  const spans = [...bySentence].map(([key, claims]) => [...key.split(' ').map(Number), claims]).sort((p, q) => p[0] - q[0]);
  const body = h('div', { class: 'article' });
  let at = 0;
  let paragraph = h('p');
  const put = (child) => paragraph.append(child);
  const plain = (text) => {
    text.split('\n').forEach((part, n) => {
      if (n) { if (paragraph.textContent.trim()) body.append(paragraph); paragraph = h('p'); }
      if (part) put(part);
    });
  };
  for (const [from, to, claims] of spans) {
    if (from < at) continue;
    plain(doc.text.slice(at, from));
    const now = here !== null && here.sentenceSpan[0] === from;
    const ranges = now ? ['subject', 'relation', 'object', 'cue'].filter((n) => here.spans[n]).map((n) => [n, ...here.spans[n]]) : [];
    put(h('span', {
      class: now ? 'says here' : 'says', role: 'button', tabIndex: 0, 'data-here': now ? 'true' : null,
      'aria-label': `${doc.text.slice(from, to)} (${words.count(claims.length, 'claim')})`,
      onclick: () => app.openSentence(claims),
      onkeydown: (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); e.currentTarget.click(); } },
    }, marked(doc.text, from, to, ranges)));
    at = to;
  }
  plain(doc.text.slice(at));
  if (paragraph.textContent.trim()) body.append(paragraph);
  return h('div', {},
    model.documents.length > 1 ? h('p', { class: 'actions' }, h('button', { type: 'button', onclick: () => app.go({ article: -1 }) }, 'All articles')) : null,
    h('div', { class: 'article' },
      h('h2', {}, doc.name),
      h('p', { class: 'by' }, [doc.source, words.date(doc.date), words.count(model.claimsIn(state.article).length, 'claim')].filter(Boolean).join(' · '))),
    body);
}

function list(app) {
  const { model } = app;
  const order = model.documents.map((doc, n) => n).sort((p, q) => (model.documents[p].date).localeCompare(model.documents[q].date) || p - q);
  const box = h('ul', { class: 'article-list' });
  let upto = 0;
  const more = h('button', { class: 'quiet', type: 'button', onclick: () => grow() });
  const grow = () => {
    for (const n of order.slice(upto, upto + 100)) {
      const doc = model.documents[n];
      box.append(h('li', {}, h('button', { type: 'button', onclick: () => app.go({ article: n }) },
        h('b', {}, doc.name), h('span', { class: 'by' }, [doc.source, words.date(doc.date), words.count(model.claimsIn(n).length, 'claim')].filter(Boolean).join(' · ')))));
    }
    upto += 100;
    if (upto >= order.length) more.remove();
    else more.textContent = `Show more (${order.length - upto})`;
  };
  const out = h('div', {}, h('h2', {}, words.count(model.documents.length, 'article')), box, more);
  grow();
  if (upto >= order.length) more.remove();
  return out;
}
