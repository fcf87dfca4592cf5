// What is on the screen, as one small value that fits in the address.

export const EMPTY = {
  tab: 'graph', mode: 'start', focus: [], depth: 1, add: [], hide: [], open: [], node: -1, claim: -1, line: null, article: -1, filter: {},
};

const LISTS = { k: 'kind', r: 'relation', s: 'speaker', ce: 'certainty', po: 'polarity', do: 'document', st: 'status' };

/** Write a state as the fragment of an address; nodes and claims by the end of their IRI, so it lasts. */
export function write(model, state) {
  const out = [];
  const put = (key, value) => out.push(`${key}=${encodeURIComponent(value)}`);
  const nodes = (list) => list.map((i) => encodeURIComponent(model.raw.nodes.id[i])).join(',');
  if (state.tab !== 'graph') put('v', state.tab);
  if (state.mode !== 'start') put('m', state.mode);
  if (state.focus.length) put('f', nodes(state.focus));
  if (state.depth !== 1) put('d', state.depth);
  if (state.add.length) put('x', nodes(state.add));
  if (state.hide.length) put('h', nodes(state.hide));
  if (state.open.length) put('o', state.open.join(','));
  if (state.node >= 0) put('n', model.raw.nodes.id[state.node]);
  if (state.claim >= 0) put('c', model.raw.claims.id[state.claim]);
  if (state.line) put('l', state.line.map((k) => encodeURIComponent(model.raw.claims.id[k])).join(','));
  if (state.article >= 0) put('a', model.documents[state.article].id);
  for (const [key, facet] of Object.entries(LISTS)) {
    if (state.filter[facet]?.length) put(key, state.filter[facet].map(encodeURIComponent).join(','));
  }
  if (state.filter.from) put('from', state.filter.from);
  if (state.filter.to) put('to', state.filter.to);
  if (state.filter.by) put('by', state.filter.by);
  return out.join('&');
}

/** Read a state back; what no longer exists is left out. */
export function read(model, fragment) {
  const got = new Map();
  for (const part of fragment.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at > 0) { try { got.set(part.slice(0, at), decodeURIComponent(part.slice(at + 1))); } catch { /* not ours */ } }
  }
  const list = (key) => (got.get(key) ?? '').split(',').filter(Boolean).map((x) => { try { return decodeURIComponent(x); } catch { return x; } });
  const node = (id) => lookup(model, 'nodes', id);
  const claim = (id) => lookup(model, 'claims', id);
  const known = (found) => found.filter((i) => i >= 0);
  const filter = {};
  for (const [key, facet] of Object.entries(LISTS)) if (got.has(key)) filter[facet] = list(key);
  for (const key of ['from', 'to', 'by']) if (got.has(key)) filter[key] = got.get(key);
  const line = known(list('l').map(claim));
  return {
    ...EMPTY,
    tab: ['graph', 'table', 'timeline', 'numbers', 'articles'].includes(got.get('v')) ? got.get('v') : 'graph',
    mode: ['all', 'focus', 'path', 'groups'].includes(got.get('m')) ? got.get('m') : 'start',
    focus: known(list('f').map(node)),
    depth: Math.min(Math.max(Number(got.get('d')) || 1, 1), 4),
    add: known(list('x').map(node)),
    hide: known(list('h').map(node)),
    open: list('o').map(Number).filter(Number.isInteger),
    node: got.has('n') ? node(got.get('n')) : -1,
    claim: got.has('c') ? claim(got.get('c')) : -1,
    line: line.length ? line : null,
    article: got.has('a') ? model.documents.findIndex((doc) => doc.id === got.get('a')) : -1,
    filter,
  };
}

function lookup(model, what, id) {
  const key = `_at_${what}`;
  model[key] ??= new Map(model.raw[what].id.map((name, at) => [name, at]));
  return model[key].get(id) ?? -1;
}
