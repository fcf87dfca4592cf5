// A picture of nodes and lines: where labels fit, and how they are painted on a canvas or as SVG.

import * as words from './words.js';

const FONT = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
export const NODE_FONT = `600 13px ${FONT}`;
export const EDGE_FONT = `12px ${FONT}`;
const STRONG_FONT = `700 11px ${FONT}`;
export const DASHES = { certain: [], probable: [9, 4], possible: [4, 4], unknown: [1.5, 4] };

const widths = new Map();
let ruler = null;

/** Width of a text in a font, remembered. */
export function measure(text, font) {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    if (ruler === null) ruler = typeof document === 'undefined' ? false : document.createElement('canvas').getContext('2d');
    if (ruler) { ruler.font = font; width = ruler.measureText(text).width; } else width = text.length * 6.6;
    widths.set(key, width);
  }
  return width;
}

/** Break a label into at most two lines. */
export function wrap(label, room = 18) {
  if (label.length <= room) return [label];
  const parts = label.split(/\s+/);
  const aim = Math.max(12, Math.min(24, Math.ceil(Math.min(label.length, 44) / 2) + 1));
  let first = parts.shift();
  while (parts.length && first.length + 1 + parts[0].length <= aim) first += ` ${parts.shift()}`;
  const second = parts.join(' ');
  return second ? [words.clip(first, 26), words.clip(second, 24)] : [words.clip(first, 26)];
}

export const radius = (claims) => Math.min(6 + 2.1 * Math.sqrt(claims), 21);

/** Prepare a node for drawing. */
export function dot(id, label, colour, claims, extra = {}) {
  const rows = wrap(label);
  return {
    id, label, rows, colour, r: radius(claims), rank: claims, width: Math.max(...rows.map((row) => measure(row, NODE_FONT))), ...extra,
  };
}

/** Prepare a line for drawing: its label in pieces, its style from the claims behind it. */
export function stroke(model, bundle) {
  const [k] = bundle.claims;
  const order = ['certain', 'probable', 'possible', 'unknown'];
  const all = bundle.claims.map((n) => model.certainty(n));
  const certainty = order.find((level) => all.includes(level)) ?? 'unknown';
  const negative = model.polarity(k) === 'negative';
  const c = model.raw.claims;
  const said = bundle.claims.every((n) => model.raw.chains[c.chain[n]].length > 1);
  const conditional = bundle.claims.every((n) => c.antecedent[n] || c.condition[n] >= 0);
  const clash = bundle.claims.some((n) => model.clashes.has(n));
  const pieces = [];
  if (said) pieces.push(['“', 'mark']);
  if (conditional) pieces.push(['if', 'mark']);
  if (negative) pieces.push(['NOT', 'not']);
  pieces.push([words.clip(words.relation(model.relation(k)), 26), negative ? 'negative' : 'plain']);
  if (certainty !== 'certain') pieces.push(['?', 'mark']);
  if (clash) pieces.push(['≠', 'not']);
  if (bundle.claims.length > 1) pieces.push([`×${bundle.claims.length}`, 'mark']);
  if (bundle.more.length) pieces.push([`+${bundle.more.length}`, 'mark']);
  const font = (role) => (role === 'not' || role === 'mark' ? STRONG_FONT : EDGE_FONT);
  let width = 0;
  for (const piece of pieces) { piece.push(width); width += measure(piece[0], font(piece[1])) + 4; }
  return { ...bundle, certainty, negative, said, conditional, clash, pieces, width: width - 4 };
}

/** The course of a line on the screen: trimmed at its nodes, bent if it has neighbours; a loop is placed with its label. */
export function course(edge, from, to, scale) {
  if (edge.a === edge.b) return null;
  const flip = edge.a < edge.b ? 1 : -1;
  const bend = edge.lanes === 1 ? 0 : (edge.lane - (edge.lanes - 1) / 2) * 44 * flip;
  const dx = to.sx - from.sx;
  const dy = to.sy - from.sy;
  const long = Math.sqrt(dx * dx + dy * dy) || 1;
  const cx = (from.sx + to.sx) / 2 - (dy / long) * bend;
  const cy = (from.sy + to.sy) / 2 + (dx / long) * bend;
  const [x1, y1] = towards(from, cx, cy, from.r * scale + 2);
  const [x2, y2] = towards(to, cx, cy, to.r * scale + 5);
  return { x1, y1, cx, cy, x2, y2, bent: bend !== 0 };
}

function towards(node, x, y, step) {
  const dx = x - node.sx;
  const dy = y - node.sy;
  const long = Math.sqrt(dx * dx + dy * dy) || 1;
  return [node.sx + (dx / long) * step, node.sy + (dy / long) * step];
}

/** A point of a line's course. */
export function along(way, t) {
  const u = 1 - t;
  if (!way.bent) return [way.x1 * u + way.x2 * t, way.y1 * u + way.y2 * t];
  return [way.x1 * u * u + 2 * way.cx * u * t + way.x2 * t * t, way.y1 * u * u + 2 * way.cy * u * t + way.y2 * t * t];
}

/** Boxes already taken on the screen, in a grid so that asking stays cheap. */
class Room {
  constructor(cell = 80) { this.cell = cell; this.grid = new Map(); }
  * cells([x1, y1, x2, y2]) {
    for (let gx = Math.floor(x1 / this.cell); gx <= Math.floor(x2 / this.cell); gx++) {
      for (let gy = Math.floor(y1 / this.cell); gy <= Math.floor(y2 / this.cell); gy++) yield gx * 65536 + gy;
    }
  }
  free(box) {
    for (const key of this.cells(box)) {
      for (const other of this.grid.get(key) ?? []) {
        if (box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) return false;
      }
    }
    return true;
  }
  take(box) {
    for (const key of this.cells(box)) {
      if (!this.grid.has(key)) this.grid.set(key, []);
      this.grid.get(key).push(box);
    }
  }
}

export const nodeScale = (zoom) => Math.min(Math.max(Math.sqrt(zoom), 0.35), 1.6);

/** Decide what is drawn where, for a camera: screen positions, courses, and the labels that fit. */
export function compose(scene, camera, size, chosen = null) {
  const { x: px, y: py, zoom } = camera;
  const scale = nodeScale(zoom);
  for (const node of scene.nodes) {
    node.sx = (node.x - px) * zoom + size.width / 2;
    node.sy = (node.y - py) * zoom + size.height / 2;
  }
  for (const edge of scene.edges) {
    edge.way = edge.spare && !chosen?.edges.has(edge) ? null : course(edge, scene.at.get(edge.a), scene.at.get(edge.b), scale);
    edge.label = null;
  }
  const room = new Room();
  nameNodes(scene, scale, size, chosen, room);
  const all = scene.nodes.length <= 60 || zoom > (scene.edges.length <= 400 ? 0.75 : 1.2);
  const lit = (edge) => chosen !== null && chosen.edges.has(edge);
  const inTurn = chosen ? [...scene.edges].sort((p, q) => Number(lit(q)) - Number(lit(p))) : scene.edges;
  for (const edge of inTurn) {
    if (!all && !lit(edge)) { if (chosen) break; else return; }
    if (edge.a === edge.b) loop(edge, scene.at.get(edge.a), scale, room, size);
    else if (edge.way !== null) nameEdge(edge, lit(edge), room);
  }
}

/** Give node labels their places, the weightiest first: where few lines run and nothing else stands. */
function nameNodes(scene, scale, size, chosen, room) {
  const ranked = scene.ranked ??= [...scene.nodes].sort((p, q) => q.rank - p.rank || (p.id < q.id ? -1 : 1));
  const few = scene.nodes.length <= 60;
  for (const node of ranked) {
    const r = node.r * scale + 1;
    if (few) room.take([node.sx - r, node.sy - r, node.sx + r, node.sy + r]);
  }
  const first = (node) => chosen !== null && chosen.nodes.has(node.id);
  const turn = chosen && !few ? [...ranked].sort((p, q) => Number(first(q)) - Number(first(p))) : ranked;
  for (const node of turn) {
    node.box = null;
    if (node.sx < -300 || node.sx > size.width + 300 || node.sy < -300 || node.sy > size.height + 300) continue;
    const places = around(node, node.r * scale);
    const free = (few ? places : places.slice(0, 1)).filter((box) => room.free(box));
    const beyond = ([x1, y1, x2, y2]) => x1 < 0 || y1 < 0 || x2 > size.width || y2 > size.height;
    const crossed = (box) => scene.edges.reduce((n, edge) => n + (edge.way !== null && crosses(edge.way, box) ? 1 : 0), 0);
    if (few && free.length > 1) {
      const costs = new Map(free.map((box) => [box, 4 * crossed(box) + (beyond(box) ? 9 : 0) + places.indexOf(box)]));
      free.sort((p, q) => costs.get(p) - costs.get(q));
    }
    node.box = free[0] ?? (first(node) ? places[0] : null);
    if (node.box) room.take(few ? node.box : wider(node.box));
  }
}

/** In a crowded picture names keep a distance, so that each can be told from the next. */
const wider = ([x1, y1, x2, y2]) => [x1 - 14, y1 - 8, x2 + 14, y2 + 8];

/** Boxes a label may take: below, above, at the sides, at the corners. */
function around(node, r) {
  const wide = node.width + 4;
  const tall = 15 * node.rows.length + 1;
  const { sx, sy } = node;
  const at = (x, y) => [x, y, x + wide, y + tall];
  const near = r * 0.7 + 3;
  return [
    at(sx - wide / 2, sy + r + 3), at(sx - wide / 2, sy - r - 4 - tall), at(sx + r + 4, sy - tall / 2), at(sx - r - 4 - wide, sy - tall / 2),
    at(sx + near, sy + near - 4), at(sx - near - wide, sy + near - 4), at(sx + near, sy - near - tall + 4), at(sx - near - wide, sy - near - tall + 4),
  ];
}

/** Whether a line runs through a box. */
function crosses(way, box) {
  const steps = way.bent ? 6 : 1;
  let [ax, ay] = along(way, 0);
  for (let n = 1; n <= steps; n++) {
    const [bx, by] = along(way, n / steps);
    if (clips(ax, ay, bx, by, box)) return true;
    [ax, ay] = [bx, by];
  }
  return false;
}

/** Liang and Barsky's test of a stretch against a box. */
function clips(ax, ay, bx, by, [x1, y1, x2, y2]) {
  let low = 0;
  let high = 1;
  for (const [from, step, least, most] of [[ax, bx - ax, x1, x2], [ay, by - ay, y1, y2]]) {
    if (Math.abs(step) < 1e-9) { if (from < least || from > most) return false; continue; }
    const p = (least - from) / step;
    const q = (most - from) / step;
    low = Math.max(low, Math.min(p, q));
    high = Math.min(high, Math.max(p, q));
    if (low > high) return false;
  }
  return true;
}

/** Put a line's label on the line, as near to its middle as there is room, or else close beside it. */
function nameEdge(edge, lit, room) {
  const { way, width } = edge;
  const [dx, dy] = [way.x2 - way.x1, way.y2 - way.y1];
  const long = Math.sqrt(dx * dx + dy * dy);
  if (!lit && long < 24) return;
  const [nx, ny] = long > 0 ? [-dy / long, dx / long] : [0, 1];
  for (const side of [0, 1, -1]) {
    const off = side * (Math.abs(nx) * (width / 2 + 8) + Math.abs(ny) * 14);
    for (const t of [0.5, 0.44, 0.56, 0.38, 0.62, 0.3, 0.7, 0.22, 0.78]) {
      const [x, y] = along(way, t);
      const left = x + nx * off - width / 2;
      const mid = y + ny * off;
      const box = [left - 4, mid - 9, left + width + 4, mid + 9];
      if (!room.free(box)) continue;
      edge.label = { x: left, y: mid, box };
      room.take(box);
      return;
    }
  }
}

/** Draw a claim without object as a small loop with its label, at the first corner with room for both, or not at all. */
function loop(edge, node, scale, room, size) {
  const r = 6 * Math.min(scale, 1.2);
  const out = node.r * scale * 0.72 + r * 0.75;
  for (const [dx, dy] of [[1, -1], [-1, -1], [1, 1], [-1, 1]]) {
    const [x, y] = [node.sx + dx * out, node.sy + dy * out];
    const left = dx > 0 ? x + r + 4 : x - r - 4 - edge.width;
    const box = dx > 0 ? [x + 2, y - 9, left + edge.width + 4, y + 9] : [left - 4, y - 9, x - 2, y + 9];
    if (!room.free(box) || box[0] < 0 || box[2] > size.width) continue;
    edge.way = { loop: true, x, y, r };
    edge.label = { x: left, y, box };
    room.take(box);
    return;
  }
}

const styleOf = (edge, theme) => (edge.negative ? theme.negative : edge.said ? theme.said : theme.edge);

/** Paint a composed scene; `light` names what stands out, if anything does. */
export function paint(ctx, scene, camera, theme, light = null) {
  const scale = nodeScale(camera.zoom);
  const dashed = scene.edges.length <= 400;
  const heads = new Map();
  for (const faded of [true, false]) {
    const groups = new Map();
    for (const edge of scene.edges) {
      if (edge.way === null || (light !== null && !light.edges.has(edge)) !== faded) continue;
      const colour = styleOf(edge, theme);
      const certainty = dashed || light?.edges.has(edge) ? edge.certainty : 'certain';
      const key = `${colour} ${certainty}`;
      if (!groups.has(key)) groups.set(key, { colour, certainty, edges: [] });
      groups.get(key).edges.push(edge);
    }
    if (!groups.size) continue;
    ctx.globalAlpha = faded ? 0.14 : scene.edges.length > 400 && light === null ? 0.55 : 1;
    for (const { colour, certainty, edges } of groups.values()) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = scene.edges.length > 400 ? 1 : certainty === 'certain' ? 1.9 : 1.6;
      ctx.setLineDash(DASHES[certainty] ?? []);
      ctx.lineCap = certainty === 'unknown' ? 'round' : 'butt';
      ctx.beginPath();
      for (const { way } of edges) trace(ctx, way);
      ctx.stroke();
      if (!heads.has(colour)) heads.set(colour, []);
      ctx.setLineDash([]);
      ctx.fillStyle = colour;
      ctx.beginPath();
      for (const { way } of edges) if (!way.loop) arrow(ctx, way, scene.edges.length > 400 ? 5 : 8 * Math.max(scale, 0.6));
      ctx.fill();
    }
  }
  ctx.globalAlpha = 1;
  ctx.lineCap = 'butt';
  for (const faded of [true, false]) {
    const groups = new Map();
    for (const node of scene.nodes) {
      if ((light !== null && !light.nodes.has(node.id)) !== faded) continue;
      if (!groups.has(node.colour)) groups.set(node.colour, []);
      groups.get(node.colour).push(node);
    }
    ctx.globalAlpha = faded ? 0.22 : 1;
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = theme.ring; // by night a pale one, or dark colours would be lost
    for (const [colour, nodes] of groups) {
      ctx.fillStyle = colour;
      ctx.beginPath();
      for (const node of nodes) { ctx.moveTo(node.sx + node.r * scale, node.sy); ctx.arc(node.sx, node.sy, node.r * scale, 0, 6.2831853); }
      ctx.fill();
      if (scene.nodes.length <= 400) ctx.stroke();
    }
  }
  ctx.globalAlpha = 1;
  marks(ctx, scene, scale, theme, light);
  labels(ctx, scene, scale, theme, light);
}

function trace(ctx, way) {
  if (way.loop) { ctx.moveTo(way.x + way.r, way.y); ctx.arc(way.x, way.y, way.r, 0, 6.2831853); return; }
  ctx.moveTo(way.x1, way.y1);
  if (way.bent) ctx.quadraticCurveTo(way.cx, way.cy, way.x2, way.y2);
  else ctx.lineTo(way.x2, way.y2);
}

function arrow(ctx, way, length) {
  const fx = way.bent ? way.cx : way.x1;
  const fy = way.bent ? way.cy : way.y1;
  const dx = way.x2 - fx;
  const dy = way.y2 - fy;
  const long = Math.sqrt(dx * dx + dy * dy) || 1;
  const ux = dx / long;
  const uy = dy / long;
  const tx = way.x2 + ux * 3;
  const ty = way.y2 + uy * 3;
  ctx.moveTo(tx, ty);
  ctx.lineTo(tx - ux * length - uy * length * 0.45, ty - uy * length + ux * length * 0.45);
  ctx.lineTo(tx - ux * length + uy * length * 0.45, ty - uy * length - ux * length * 0.45);
  ctx.closePath();
}

/** Rings that tell nodes apart by more than colour: dashed for the unnamed, double for a folded group. */
function marks(ctx, scene, scale, theme, light) {
  for (const node of scene.nodes) {
    const bright = light === null || light.nodes.has(node.id);
    const chosen = light !== null && light.chosen === node.id;
    if (!node.anonymous && !node.folded && !chosen) continue;
    ctx.globalAlpha = bright ? 1 : 0.22;
    ctx.lineWidth = chosen ? 3 : 1.5;
    ctx.strokeStyle = chosen ? theme.accent : node.colour;
    ctx.setLineDash(node.anonymous && !chosen ? [3, 3] : []);
    ctx.beginPath();
    ctx.arc(node.sx, node.sy, node.r * scale + (chosen ? 5 : 3), 0, 6.2831853);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

function labels(ctx, scene, scale, theme, light) {
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const ink = { plain: theme.muted, mark: theme.muted, not: theme.negative, negative: theme.negative };
  for (const edge of scene.edges) {
    if (!edge.label) continue;
    const bright = light === null || light.edges.has(edge);
    if (!bright) continue;
    const { x, y, box } = edge.label;
    ctx.fillStyle = theme.paper;
    ctx.globalAlpha = 0.92;
    ctx.fillRect(x - 3, box[1] + 1, edge.width + 6, box[3] - box[1] - 2);
    ctx.globalAlpha = 1;
    for (const [text, role, at] of edge.pieces) {
      ctx.font = role === 'not' || role === 'mark' ? STRONG_FONT : EDGE_FONT;
      ctx.fillStyle = edge.said && role !== 'not' && !edge.negative ? theme.said : ink[role];
      ctx.fillText(text, x + at, y);
    }
  }
  ctx.font = NODE_FONT;
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.textAlign = 'center';
  for (const node of scene.nodes) {
    if (!node.box) continue;
    const bright = light === null || light.nodes.has(node.id);
    ctx.globalAlpha = bright ? 1 : 0.25;
    const x = (node.box[0] + node.box[2]) / 2;
    node.rows.forEach((row, n) => {
      const y = node.box[1] + 8 + 15 * n;
      ctx.strokeStyle = theme.paper;
      if (bright) ctx.strokeText(row, x, y);
      ctx.fillStyle = theme.ink;
      ctx.fillText(row, x, y);
    });
  }
  ctx.globalAlpha = 1;
  ctx.textAlign = 'left';
}

/** What lies under a point of the screen: a node, a line, or nothing. */
export function under(scene, camera, x, y, reach = 7) {
  const scale = nodeScale(camera.zoom);
  let best = null;
  let near = Infinity;
  for (const node of scene.nodes) {
    const dx = node.sx - x;
    const dy = node.sy - y;
    const gap = Math.sqrt(dx * dx + dy * dy) - node.r * scale;
    if (gap < reach && gap < near) { near = gap; best = { node }; }
    else if (node.box && x >= node.box[0] && x <= node.box[2] && y >= node.box[1] && y <= node.box[3] && near > 3) { near = 3; best = { node }; }
  }
  if (best) return best;
  for (const edge of scene.edges) {
    const box = edge.label?.box;
    if (box && x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]) return { edge };
    const gap = distance(edge.way, x, y);
    if (gap < reach && gap < near) { near = gap; best = { edge }; }
  }
  return best;
}

function distance(way, x, y) {
  if (!way) return Infinity;
  if (way.loop) return Math.abs(Math.sqrt((x - way.x) ** 2 + (y - way.y) ** 2) - way.r);
  const steps = way.bent ? 12 : 1;
  let least = Infinity;
  let [ax, ay] = along(way, 0);
  for (let n = 1; n <= steps; n++) {
    const [bx, by] = along(way, n / steps);
    const ex = bx - ax;
    const ey = by - ay;
    const t = Math.max(0, Math.min(1, ((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey || 1)));
    least = Math.min(least, Math.sqrt((x - ax - t * ex) ** 2 + (y - ay - t * ey) ** 2));
    ax = bx;
    ay = by;
  }
  return least;
}

/** Room the scene takes, with its labels. */
export function bounds(scene) {
  let x1 = Infinity;
  let y1 = Infinity;
  let x2 = -Infinity;
  let y2 = -Infinity;
  for (const node of scene.nodes) {
    x1 = Math.min(x1, node.x - 8);
    x2 = Math.max(x2, node.x + 8);
    y1 = Math.min(y1, node.y);
    y2 = Math.max(y2, node.y);
  }
  return { x1, y1, x2, y2 };
}
