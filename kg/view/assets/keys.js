// What the keyboard does, and the sheet that tells of it.

import { $, h, fill, keep, kept } from './dom.js';

const KEYS = [
  ['/', 'find a name or a word'], ['arrows', 'go from circle to circle'], ['Tab', 'go to the next control'], ['Enter', 'read the chosen circle; open a claim'],
  ['f', 'focus on the chosen circle'], ['e', 'expand or collapse it'], ['h', 'hide it'], ['p', 'find a path from it'],
  ['+  −  0', 'zoom in, zoom out, fit'], ['Shift arrows', 'move the picture'], ['1 … 5', 'graph, table, timeline, numbers, articles'],
  ['Backspace', 'undo: back to the view before'], ['Escape', 'close; back to the overview'], ['?', 'this list'],
];

/** Make the sheet of keys and listen to the keyboard. */
export function keyboard(app, tabs) {
  const sheet = $('help');
  fill(sheet, h('h2', {}, 'Keys'),
    h('dl', {}, KEYS.map(([key, does]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, does)])),
    h('p', {}, 'In the picture, a click on a circle or a line opens it, a double click focuses on it; drag to move, wheel or pinch to zoom.'),
    h('p', {}, h('label', {}, h('input', { type: 'checkbox', checked: kept('keys') !== 'off', onchange: (e) => keep('keys', e.target.checked ? 'on' : 'off') }),
      ' Letters, digits and signs work everywhere, not only in the picture')),
    h('form', { method: 'dialog' }, h('button', {}, 'Close')));
  document.addEventListener('keydown', (e) => {
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) && e.target.type !== 'checkbox') return;
    if (e.ctrlKey || e.metaKey || e.altKey || sheet.open) return;
    if (e.key === 'Backspace') { e.preventDefault(); app.back(); }
    else if (e.key === 'Escape') escape(app);
    else if (kept('keys') === 'off' && e.target !== app.stage.canvas) return;
    else if (e.key === '/') { e.preventDefault(); $('search').focus(); }
    else if (e.key === '?') help();
    else if (tabs[Number(e.key) - 1]) app.go({ tab: tabs[Number(e.key) - 1] });
  });
}

export const help = () => $('help').showModal();

function escape(app) {
  if ($('take').open) { $('take').open = false; $('take').firstChild.focus(); }
  else if ($('legend').classList.contains('open')) app.toggleLegend(false);
  else app.go({ node: -1, claim: -1, line: null });
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** A key pressed on the picture. */
export function onPicture(app, e) {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const { stage, state } = app;
  const arrow = ARROWS[e.key];
  const middle = [stage.width / 2, stage.height / 2];
  if (arrow) {
    e.preventDefault();
    if (e.shiftKey) stage.pan(-arrow[0] * 60, -arrow[1] * 60);
    else step(app, ...arrow);
  } else if (e.key === 'Enter' && (state.node >= 0 || state.claim >= 0 || state.line)) { e.preventDefault(); ($('panel').querySelector('.claim, .name') ?? $('panel')).focus(); }
  else if (e.key === '+' || e.key === '=') stage.zoomAt(...middle, 1.25);
  else if (e.key === '-') stage.zoomAt(...middle, 0.8);
  else if (e.key === '0') { stage.fit(); stage.draw(); }
  else if (state.node < 0) return;
  else if (e.key === 'f') app.open(state.node);
  else if (e.key === 'e') app.expand(state.node);
  else if (e.key === 'h') app.hide(state.node);
  else if (e.key === 'p') { e.preventDefault(); app.finder.askPath(state.node); }
}

/** Go to the nearest node in a direction. */
function step(app, dx, dy) {
  const { nodes, at } = app.stage.scene;
  if (!nodes.length) return;
  const now = at.get(app.state.node);
  if (!now) { app.choose(nodes[0].id); return; }
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    const along = (node.x - now.x) * dx + (node.y - now.y) * dy;
    const aside = Math.abs((node.x - now.x) * dy) + Math.abs((node.y - now.y) * dx);
    if (node === now || along <= 1) continue;
    const cost = along + 2 * aside;
    if (cost < least) { least = cost; best = node; }
  }
  if (best) app.choose(best.id);
}
