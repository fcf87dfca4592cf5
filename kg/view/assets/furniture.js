// The fixed parts of the page: tabs, tools, the menu of what can be taken away, the theme.

import { $, h, fill, keep, kept } from './dom.js';
import * as takeaway from './takeaway.js';
import { help } from './keys.js';

const FILES = [
  ['CSV', 'claims.csv', 'text/csv', takeaway.csv], ['JSON', 'claims.json', 'application/json', takeaway.json],
  ['Turtle', 'claims.ttl', 'text/turtle', takeaway.turtle], ['SPARQL', 'claims.rq', 'application/sparql-query', takeaway.sparql],
];

/** Put up the tabs and tools. */
export function furnish(app, tabs) {
  const { stage, model } = app;
  const button = (label, onclick, more = {}) => h('button', { type: 'button', onclick, ...more }, label);
  fill($('tabs'), tabs.map((tab) => button(tab[0].toUpperCase() + tab.slice(1), () => app.go({ tab }), { 'data-tab': tab })));
  fill($('tools'),
    button('↶ Undo', () => app.back(), { id: 'undo', disabled: true, title: 'Back to the view before (Backspace)' }),
    h('details', { class: 'menu', id: 'take' }, h('summary', {}, 'Take away'), h('div', {},
      h('p', {}, 'The picture as it is'),
      button('Picture (PNG)', () => stage.canvas.toBlob((blob) => takeaway.give('graph.png', blob))),
      button('Picture (SVG)', () => takeaway.give('graph.svg', takeaway.svg(stage, model.title), 'image/svg+xml')),
      h('p', {}, 'The claims on the screen'),
      FILES.map(([label, name, type, write]) => button(label, () => takeaway.give(name, write(model, app.visible()), type))),
      button('Print', () => window.print()))),
    button('Dark', () => setTheme(app, theme() === 'dark' ? 'light' : 'dark', true), { id: 'theme', class: 'desk' }),
    button('?', help, { id: 'keys', class: 'desk', 'aria-label': 'Keys', title: 'Keys (?)' }));
  fill($('zoom'),
    button('+', () => stage.zoomAt(stage.width / 2, stage.height / 2, 1.4), { 'aria-label': 'Zoom in' }),
    button('−', () => stage.zoomAt(stage.width / 2, stage.height / 2, 1 / 1.4), { 'aria-label': 'Zoom out' }),
    button('Fit', () => { stage.fit(); stage.draw(); }));
  document.addEventListener('pointerdown', (e) => { if (!$('take').contains(e.target)) $('take').open = false; });
  $('skip').addEventListener('click', () => { app.go({ tab: 'table' }); $('sheet').focus(); });
  matchMedia('print').addEventListener('change', () => stage.repaint(true)); // paper is white
  const night = matchMedia('(prefers-color-scheme: dark)');
  const wanted = () => kept('theme') ?? (night.matches ? 'dark' : 'light');
  setTheme(app, wanted());
  night.addEventListener('change', () => setTheme(app, wanted()));
}

const theme = () => document.documentElement.dataset.theme;

function setTheme(app, name, chosen = false) {
  document.documentElement.dataset.theme = name;
  $('theme').textContent = name === 'dark' ? 'Light' : 'Dark';
  if (chosen) keep('theme', name);
  app.stage.repaint();
}
