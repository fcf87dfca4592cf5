// Which part of the graph is shown: the most telling part, a neighbourhood, a path, everything, or groups.

import { days } from './words.js';

export const LIMIT = 22;
const ACTORS = 5;

/** Grow from the weightiest node along the heaviest ties; as kg/view/telling.py. */
export function telling(weights, links, limit = LIMIT, focus = []) {
  const ties = new Map();
  const tie = (a, b, w) => {
    if (!ties.has(a)) ties.set(a, new Map());
    const row = ties.get(a);
    row.set(b, Math.min((row.get(b) ?? 0) + w, 3));
  };
  for (const [a, b, w] of links) {
    if (b === a || b < 0) continue;
    tie(a, b, w);
    tie(b, a, w);
  }
  const chosen = new Set();
  const leaves = new Map();
  const frontier = new Heap();
  const offer = (a, b) => {
    const seen = leaves.get(a) ?? 0;
    frontier.push([-(ties.get(a).get(b) + 0.5 * Math.min(weights[b], 12)) / (1 + 0.4 * seen), b, a, seen]);
  };
  const take = (node) => {
    chosen.add(node);
    for (const other of [...(ties.get(node)?.keys() ?? [])].sort((p, q) => p - q)) if (!chosen.has(other)) offer(node, other);
  };
  const order = focus.length ? [...focus] : null;
  let starts = order ? null : heaviest(weights);
  for (const node of order ?? starts.filter((node) => ties.has(node)).slice(0, ACTORS)) if (!chosen.has(node)) take(node);
  while (chosen.size < limit) {
    let found = false;
    while (frontier.size) {
      const [, b, a, then] = frontier.pop();
      if (chosen.has(b)) continue;
      if ((leaves.get(a) ?? 0) !== then) { offer(a, b); continue; }
      leaves.set(a, then + 1);
      take(b);
      found = true;
      break;
    }
    if (found) continue;
    if (order) break;
    let start = starts.shift();
    while (start !== undefined && chosen.has(start)) start = starts.shift();
    if (start === undefined) break;
    take(start);
  }
  return [...chosen].slice(0, limit);
}

function heaviest(weights) {
  const order = [];
  for (let i = 0; i < weights.length; i++) if (weights[i] > 0) order.push(i);
  return order.sort((p, q) => weights[q] - weights[p] || p - q);
}

class Heap {
  constructor() { this.items = []; }
  get size() { return this.items.length; }
  static before(p, q) { for (let n = 0; n < 4; n++) if (p[n] !== q[n]) return p[n] < q[n]; return false; }
  push(item) {
    const heap = this.items;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!Heap.before(heap[at], heap[up])) break;
      [heap[at], heap[up]] = [heap[up], heap[at]];
      at = up;
    }
  }
  pop() {
    const heap = this.items;
    const top = heap[0];
    const last = heap.pop();
    if (heap.length) {
      heap[0] = last;
      let at = 0;
      for (;;) {
        let least = at;
        for (const down of [2 * at + 1, 2 * at + 2]) {
          if (down < heap.length && Heap.before(heap[down], heap[least])) least = down;
        }
        if (least === at) break;
        [heap[at], heap[least]] = [heap[least], heap[at]];
        at = least;
      }
    }
    return top;
  }
}

export function weigh(model, claims) {
  const weights = new Float64Array(model.size);
  const links = [];
  for (const k of claims) {
    const w = model.weight(k);
    const a = model.subjects[k];
    const b = model.objects[k];
    weights[a] += w;
    if (b >= 0 && b !== a) weights[b] += w * 0.7;
    const c = speakerNode(model, k);
    if (c >= 0 && c !== a && c !== b) weights[c] += w * 0.7;
    links.push([a, b, w]);
  }
  for (let i = 0; i < weights.length; i++) weights[i] *= model.worth[i];
  return { weights, links };
}

function speakerNode(model, k) {
  model.voices ??= model.raw.chains.map((chain, n) => (chain.length > 1 ? model.named(model.speakers[n]) : -1));
  return model.voices[model.raw.claims.chain[k]];
}

export const FACETS = ['kind', 'relation', 'speaker', 'certainty', 'polarity', 'document', 'status'];

/** Standing of a claim that is neither its certainty nor its polarity. */
export function standing(model, k) {
  const c = model.raw.claims;
  const out = [];
  out.push(model.raw.chains[c.chain[k]].length > 1 ? 'attributed' : 'reporter’s own');
  if (c.antecedent[k] || c.condition[k] >= 0) out.push('conditional');
  if (model.clashes.has(k)) out.push('contradicted');
  return out;
}

/** The values of a facet a claim has. */
export function values(model, k, facet) {
  switch (facet) {
    case 'kind': {
      const a = model.kind(model.subjects[k]).label;
      const b = model.objects[k] < 0 ? a : model.kind(model.objects[k]).label;
      return a === b ? [a] : [a, b];
    }
    case 'relation': return [model.relation(k)];
    case 'speaker': return [model.speaker(k)];
    case 'certainty': return [model.certainty(k)];
    case 'polarity': return [model.polarity(k)];
    case 'document': return [model.doc(k)?.id ?? ''];
    default: return standing(model, k);
  }
}

/** The claims that pass a filter; `but` leaves one facet out, to count what it offers. */
export function passing(model, filter, but = null) {
  const active = FACETS.filter((facet) => facet !== but && filter[facet]?.length);
  const dated = but !== 'date' && (filter.from || filter.to);
  if (!active.length && !dated) return model.every ??= Array.from({ length: model.claims }, (_, k) => k);
  const wanted = active.map((facet) => new Set(filter[facet]));
  const low = filter.from ? days(filter.from)?.[0] ?? -Infinity : -Infinity;
  const high = filter.to ? days(filter.to)?.[1] ?? Infinity : Infinity;
  const out = [];
  for (let k = 0; k < model.claims; k++) {
    if (!active.every((facet, n) => values(model, k, facet).some((value) => wanted[n].has(value)))) continue;
    if (dated) {
      const span = days(filter.by === 'meant' ? model.meant(k) : model.said(k));
      if (!span || span[1] < low || span[0] > high) continue;
    }
    out.push(k);
  }
  return out;
}

export const isFiltered = (filter) => FACETS.some((facet) => filter[facet]?.length) || Boolean(filter.from || filter.to);

/** Neighbours of a node by claims, heaviest first. */
export function neighbours(model, node, claims) {
  const allowed = claims === model.every ? null : new Set(claims);
  const found = new Map();
  for (const k of model.incident[node]) {
    if (allowed && !allowed.has(k)) continue;
    const other = model.subjects[k] === node ? model.objects[k] : model.subjects[k];
    if (other >= 0 && other !== node) found.set(other, (found.get(other) ?? 0) + model.weight(k) * model.worth[other]);
  }
  return [...found].sort((p, q) => q[1] - p[1] || p[0] - q[0]).map(([other]) => other);
}

/** The shortest way between two nodes over the given claims, or null. */
export function path(model, from, to, claims) {
  const allowed = claims === model.every ? null : new Set(claims);
  const before = new Map([[from, -1]]);
  const queue = [from];
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at];
    if (node === to) {
      const way = [];
      for (let n = to; n !== -1; n = before.get(n)) way.unshift(n);
      return way;
    }
    const next = [];
    for (const k of model.incident[node]) {
      if (allowed && !allowed.has(k)) continue;
      const other = model.subjects[k] === node ? model.objects[k] : model.subjects[k];
      if (other >= 0 && !before.has(other)) { before.set(other, node); next.push(other); }
    }
    next.sort((p, q) => model.incident[q].length - model.incident[p].length || p - q);
    queue.push(...next);
  }
  return null;
}

function within(model, focus, depth, links) {
  const ties = new Map();
  for (const [a, b] of links) {
    if (b < 0 || a === b) continue;
    for (const [p, q] of [[a, b], [b, a]]) { if (!ties.has(p)) ties.set(p, []); ties.get(p).push(q); }
  }
  const seen = new Set(focus);
  let ring = [...focus];
  for (let step = 0; step < depth; step++) {
    const next = [];
    for (const node of ring) for (const other of ties.get(node) ?? []) if (!seen.has(other)) { seen.add(other); next.push(other); }
    ring = next;
  }
  return seen;
}

/** How many nodes a window has room for, with their names. */
export const room = ({ width, height }) => (width > 0 ? Math.round(Math.min(LIMIT, Math.max(9, Math.min(width / 31, (width * height) / 19000)))) : LIMIT);

/** The nodes to draw for a state, in order of importance, at first no more than `limit`. */
export function shown(model, state, claims, limit = LIMIT) {
  const filtered = isFiltered(state.filter);
  let nodes;
  if (state.mode === 'path') nodes = [...state.focus];
  else if (state.mode === 'all') nodes = everyone(model, claims);
  else if (state.mode === 'focus' && state.focus.length) {
    const { weights, links } = weigh(model, claims);
    const near = within(model, state.focus, state.depth, links);
    const inside = links.filter(([a, b]) => near.has(a) && near.has(b));
    nodes = telling(weights, inside, Math.round(limit * 0.64) + 6 * state.depth, state.focus);
  } else if (!filtered) nodes = model.raw.start.nodes.slice(0, limit);
  else {
    const { weights, links } = weigh(model, claims);
    nodes = telling(weights, links, limit);
  }
  const out = new Set(nodes);
  if (state.node >= 0) out.add(state.node);
  for (const k of [state.claim, ...(state.line ?? []).slice(0, 12)]) {
    if (k < 0) continue;
    out.add(model.subjects[k]);
    if (model.objects[k] >= 0) out.add(model.objects[k]);
  }
  for (const node of state.add) {
    out.add(node);
    let room = 12;
    for (const other of neighbours(model, node, claims)) {
      if (room === 0) break;
      if (!out.has(other)) { out.add(other); room -= 1; }
    }
  }
  for (const node of state.hide) out.delete(node);
  return [...out];
}

function everyone(model, claims) {
  const seen = new Set();
  for (const k of claims) {
    seen.add(model.subjects[k]);
    if (model.objects[k] >= 0) seen.add(model.objects[k]);
  }
  return [...seen].sort((p, q) => model.incident[q].length - model.incident[p].length || p - q);
}

/** Fold each community into one node; those opened show their most telling members. */
export function fold(model, claims, opened, limit = 24) {
  const open = new Set(opened);
  const members = new Map();
  for (const i of everyone(model, claims)) {
    const group = model.groups[i];
    if (!members.has(group)) members.set(group, []);
    members.get(group).push(i);
  }
  const kept = [...members].filter(([group, list]) => list.length > 1 || open.has(group))
    .sort((p, q) => q[1].length - p[1].length || p[0] - q[0]).slice(0, limit);
  const home = new Map();
  const nodes = [];
  for (const [group, list] of kept) {
    if (open.has(group)) for (const i of list.slice(0, 14)) { home.set(i, i); nodes.push({ id: i }); }
    else {
      const id = model.size + group;
      for (const i of list) home.set(i, id);
      nodes.push({ id, members: list });
    }
  }
  const ties = new Map();
  for (const k of claims) {
    const a = home.get(model.subjects[k]);
    const b = home.get(model.objects[k]);
    if (a === undefined || b === undefined || a === b) continue;
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    if (!ties.has(key)) ties.set(key, { a, b, claims: [], lane: 0, lanes: 1, more: [] });
    ties.get(key).claims.push(k);
  }
  return { nodes, ties: [...ties.values()] };
}

/** Mark the lines that would crowd a picture: all but each node's strongest ties; as kg/view/telling.py. */
export function thin(model, edges, count, always = []) {
  const pair = ({ a, b }) => (a < b ? `${a} ${b}` : `${b} ${a}`);
  const ties = new Map();
  for (const edge of edges) {
    if (edge.a === edge.b) continue;
    const key = pair(edge);
    if (!ties.has(key)) ties.set(key, { key, a: Math.min(edge.a, edge.b), b: Math.max(edge.a, edge.b), weight: 0 });
    for (const k of [...edge.claims, ...edge.more]) ties.get(key).weight += model.weight(k);
  }
  if (ties.size <= 1.5 * count) return edges;
  const kept = new Set();
  const taken = new Map();
  for (const { key, a, b } of [...ties.values()].sort((p, q) => q.weight - p.weight || p.a - q.a || p.b - q.b)) {
    if (Math.min(taken.get(a) ?? 0, taken.get(b) ?? 0) >= 2 && !always.includes(a) && !always.includes(b)) continue;
    kept.add(key);
    for (const end of [a, b]) taken.set(end, (taken.get(end) ?? 0) + 1);
  }
  return edges.map((edge) => (edge.a === edge.b || kept.has(pair(edge)) ? edge : { ...edge, spare: true }));
}

/** Join the claims between shown nodes into lines: one for each subject, relation, object and polarity. */
export function lines(model, nodes, claims, limit = 3) {
  const inside = new Set(nodes);
  const bundles = new Map();
  for (const k of claims) {
    const a = model.subjects[k];
    const b = model.objects[k];
    if (!inside.has(a) || (b >= 0 && !inside.has(b))) continue;
    const key = `${a} ${b} ${model.raw.claims.r[k]} ${model.raw.claims.polarity[k]}`;
    if (!bundles.has(key)) bundles.set(key, { a, b: b < 0 ? a : b, claims: [] });
    bundles.get(key).claims.push(k);
  }
  const pairs = new Map();
  for (const bundle of bundles.values()) {
    const key = bundle.a < bundle.b ? `${bundle.a} ${bundle.b}` : `${bundle.b} ${bundle.a}`;
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(bundle);
  }
  const out = [];
  for (const group of pairs.values()) {
    group.sort((p, q) => q.claims.length - p.claims.length || p.claims[0] - q.claims[0]);
    const most = group[0].a === group[0].b ? 1 : limit;
    const kept = group.slice(0, most);
    const rest = group.slice(most).flatMap((bundle) => bundle.claims);
    kept.forEach((bundle, n) => out.push({
      ...bundle, lane: n, lanes: kept.length, more: n === kept.length - 1 ? rest : [],
    }));
  }
  return out;
}
