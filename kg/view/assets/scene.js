// Turns a state into a picture: nodes with places, lines between them.

import { fold, lines, thin } from './walk.js';
import { clip, count } from './words.js';
import { dot, stroke, measure, EDGE_FONT } from './picture.js';
import { small, apart, tieLength, labelBox } from './layout.js';

/** Nodes from which a picture takes its places from the layout of the whole graph, and no longer gives each label room. */
const WHOLE = 70;
const SMALL = 220;

/** Make the picture of some nodes; `before` is the one on the screen, if nodes are to stay where they are. */
export function scene(model, ids, claims, { size = { width: 900, height: 700 }, before = null, whole = false, always = [] } = {}) {
  const all = lines(model, ids, claims);
  const thinned = whole ? all : thin(model, all, ids.length, always);
  const bundles = thinned === all ? all : thin(model, lines(model, ids, claims, 1), ids.length, always);
  const most = Math.max(50, ...(ids.length > WHOLE ? [] : ids.map((i) => model.incident[i].length)));
  const nodes = ids.map((i) => dot(i, model.labels[i], model.kind(i).colour, model.incident[i].length * (50 / most), { anonymous: model.isAnonymous.has(i) }));
  const edges = bundles.map((bundle) => stroke(model, bundle));
  place(model, nodes, edges, { size, before });
  return { nodes, edges, at: new Map(nodes.map((node) => [node.id, node])) };
}

/** The picture of communities, each folded into one node unless opened. */
export function groups(model, claims, opened, { size, before = null }) {
  const { nodes: found, ties } = fold(model, claims, opened);
  const most = Math.max(50, ...found.map(({ id, members }) => members?.length ?? model.incident[id].length));
  const nodes = found.map(({ id, members }) => (members
    ? dot(id, `${members.slice(0, 2).map((i) => clip(model.labels[i], 18)).join(', ')}${members.length > 2 ? ` +${members.length - 2}` : ''}`, model.kind(members[0]).colour, members.length * (50 / most), { folded: true })
    : dot(id, model.labels[id], model.kind(id).colour, model.incident[id].length * (50 / most), { anonymous: model.isAnonymous.has(id) })));
  const edges = thin(model, ties, nodes.length).map((tie) => (tie.claims.length === 1 && tie.a < model.size && tie.b < model.size ? stroke(model, tie) : many(model, tie)));
  place(model, nodes, edges, { size, before });
  return { nodes, edges, at: new Map(nodes.map((node) => [node.id, node])) };
}

/** A line that stands for several claims in both directions. */
function many(model, tie) {
  const text = count(tie.claims.length, 'claim');
  return { ...stroke(model, tie), certainty: 'certain', negative: false, said: false, clash: false, pieces: [[text, 'plain', 0]], width: measure(text, EDGE_FONT) };
}

function place(model, nodes, edges, { size, before }) {
  const at = new Map(nodes.map((node, n) => [node.id, n]));
  const wide = size.width > 0 ? Math.max(0.5, Math.min(2, size.width / size.height)) : 1.3;
  const first = model.raw.start.nodes;
  let points;
  if (before === null && wide > 0.95 && nodes.length === first.length && nodes.every((node, n) => node.id === first[n])) {
    points = nodes.map((_, n) => [model.raw.start.at[2 * n], model.raw.start.at[2 * n + 1]]);
  } else if (nodes.length > WHOLE && model.raw.whole) {
    points = nodes.map(({ id }) => [model.raw.whole[2 * id], model.raw.whole[2 * id + 1]]);
  } else {
    const ties = new Map();
    for (const edge of edges) {
      if (edge.a === edge.b || edge.spare) continue;
      const [a, b] = [at.get(edge.a), at.get(edge.b)].sort((p, q) => p - q);
      const length = Math.max(ties.get(a * 4096 + b)?.length ?? 0, tieLength(model.relation(edge.claims[0])));
      ties.set(a * 4096 + b, { a, b, length });
    }
    const tied = [...ties.keys()].sort((p, q) => p - q).map((key) => ties.get(key));
    points = small(nodes.map((node) => labelBox(node.label)), tied, wide, before ? starts(nodes, edges, before) : null);
  }
  if (before === null) points = forward(points, edges, at);
  if (nodes.length <= SMALL) points = spread(points, nodes, size);
  nodes.forEach((node, n) => { [node.x, node.y] = points[n]; });
}

/** Mirror a picture so that most of its lines run as one reads, from left to right. */
function forward(points, edges, at) {
  const run = edges.reduce((sum, { a, b }) => sum + Math.sign(points[at.get(b)][0] - points[at.get(a)][0]), 0);
  return run < 0 ? points.map(([x, y]) => [-x, y]) : points;
}

/** Where old nodes are, and new ones beside a neighbour. */
function starts(nodes, edges, before) {
  const turn = [[1, 0], [-0.74, 0.68], [0.09, -1], [0.61, 0.79], [-0.98, -0.17], [0.84, -0.54], [-0.26, 0.96], [-0.46, -0.89]];
  const placed = new Map(before.nodes.map((node) => [node.id, [node.x, node.y]]));
  return nodes.map((node, n) => {
    if (placed.has(node.id)) return placed.get(node.id);
    const edge = edges.find((e) => (e.a === node.id && placed.has(e.b)) || (e.b === node.id && placed.has(e.a)));
    const [x, y] = edge ? placed.get(edge.a === node.id ? edge.b : edge.a) : [0, 0];
    const [dx, dy] = turn[n % turn.length];
    return [x + dx * (110 + n), y + dy * (110 + n)];
  });
}

/** Give labels their room at the scale in which the whole picture fits the window. */
function spread(points, nodes, size) {
  if (!(size.width > 0) || nodes.length < 2) return points;
  let now = stretch(points, size);
  for (let turn = 0; turn < 3; turn++) {
    const xs = now.map((p) => p[0]);
    const ys = now.map((p) => p[1]);
    const zoom = Math.min((size.width - 130) / Math.max(Math.max(...xs) - Math.min(...xs), 40), (size.height - 120) / Math.max(Math.max(...ys) - Math.min(...ys), 40), 1.35);
    if (zoom > 0.98 || zoom < 0.3) break;
    const boxes = nodes.map((node) => ({ width: (node.width / 2 + 6) / zoom, height: (node.r + 9 * node.rows.length + 2) / zoom }));
    now = apart(now, boxes, [], 25);
  }
  return now;
}

/** Use the window's height or width where the picture leaves it empty. */
function stretch(points, size) {
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  const across = (size.width - 130) / Math.max(Math.max(...xs) - Math.min(...xs), 60);
  const down = (size.height - 120) / Math.max(Math.max(...ys) - Math.min(...ys), 60);
  const least = Math.min(across, down, 1.35);
  const [fx, fy] = [Math.min(across / least, 1.6), Math.min(down / least, 1.6)];
  return points.map(([x, y]) => [x * fx, y * fy]);
}
