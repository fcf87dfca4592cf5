// The graph as the page knows it: columns of numbers and a table of strings, read on demand.

/** Read the page's data, inflating them where they were deflated. */
export async function load(element) {
  if (element.dataset.form !== 'deflate') return JSON.parse(element.textContent);
  const packed = Uint8Array.from(atob(element.textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text());
}

const SPANS = ['subject', 'relation', 'object', 'cue'];

export class Model {
  constructor(raw) {
    this.raw = raw;
    this.title = raw.title;
    this.size = raw.nodes.label.length;
    this.claims = raw.claims.id.length;
    this.labels = raw.nodes.label;
    this.worth = raw.nodes.worth;
    this.groups = raw.groups;
    this.subjects = raw.claims.s;
    this.objects = raw.claims.o;
    this.documents = raw.documents.map(([id, title, date, source, url, text, quantities]) => ({
      id, title, date, source, url, text, name: title || headline(text) || id,
      quantities: quantities.map(([start, end, low, high, unit, thing]) => ({ start, end, low, high, unit, thing })),
    }));
    this.isAnonymous = new Set(raw.nodes.anonymous);
    this.speakers = raw.chains.map((chain) => raw.strings[chain[chain.length - 1]]);
    this.incident = Array.from({ length: this.size }, () => []);
    for (let k = 0; k < this.claims; k++) {
      this.incident[this.subjects[k]].push(k);
      if (this.objects[k] >= 0 && this.objects[k] !== this.subjects[k]) this.incident[this.objects[k]].push(k);
    }
    this.rarity = rarity(raw.claims.r);
    this.byLabel = new Map();
    for (let i = this.size - 1; i >= 0; i--) this.byLabel.set(this.labels[i].toLowerCase(), i);
    this._said = null;
    this._clashes = null;
    this._sentences = null;
    this._in = null;
    this._cache = new Map();
  }

  string(at) { return at < 0 ? null : this.raw.strings[at]; }
  kind(i) { const [key, label, colour] = this.raw.kinds[this.raw.nodes.kind[i]]; return { key, label: label || key, colour }; }
  aliases(i) { return this.raw.nodes.aliases[i] ?? []; }
  same(i) { return this.raw.nodes.same[i] ?? []; }
  iri(i) { return this.raw.prefix + this.raw.nodes.id[i]; }
  claimIri(k) { return this.raw.prefix + this.raw.claims.id[k]; }
  relation(k) { return this.string(this.raw.claims.r[k]); }
  polarity(k) { return this.string(this.raw.claims.polarity[k]); }
  certainty(k) { return this.string(this.raw.claims.certainty[k]); }
  speaker(k) { return this.speakers[this.raw.claims.chain[k]]; }
  chain(k) { return this.raw.chains[this.raw.claims.chain[k]].map((at) => this.raw.strings[at]); }
  said(k) { return this.string(this.raw.claims.said[k]); }
  meant(k) { return this.string(this.raw.claims.meant[k]); }
  doc(k) { return this.documents[this.raw.claims.doc[k]]; }
  weight(k) {
    const confidence = this.raw.claims.confidence[k];
    return this.rarity.get(this.raw.claims.r[k]) * (this.raw.claims.antecedent[k] ? 0.5 : 1) * (confidence ? confidence / 100 : 0.5);
  }

  /** Everything known of one claim. */
  claim(k) {
    if (this._cache.has(k)) return this._cache.get(k);
    const c = this.raw.claims;
    const doc = this.doc(k);
    const from = c.from[k];
    const spans = {};
    SPANS.forEach((name, n) => {
      const length = c.spans[(k * 4 + n) * 2 + 1];
      const start = from + c.spans[(k * 4 + n) * 2];
      spans[name] = length < 0 ? null : [start, start + length];
    });
    const claim = {
      k,
      id: this.claimIri(k),
      subject: this.subjects[k],
      relation: this.relation(k),
      object: this.objects[k],
      phrase: this.string(c.phrase[k]),
      polarity: this.polarity(k),
      certainty: this.certainty(k),
      reporter: this.string(c.reporter[k]),
      modality: this.string(c.modality[k]),
      tense: this.string(c.tense[k]),
      condition: this.string(c.condition[k]),
      antecedent: Boolean(c.antecedent[k]),
      said: this.said(k),
      meant: this.meant(k),
      chain: this.chain(k),
      speaker: this.speaker(k),
      doc,
      sentence: c.sentence[k],
      sentenceSpan: [from, from + c.length[k]],
      text: this.claimText(k),
      quotable: !(k in c.own),
      spans,
      cues: (c.cues[k] ?? []).map(([kind, start, end]) => ({ kind: this.string(kind), start, end })),
      arguments: (c.arguments[k] ?? []).map(([role, text, start, end]) =>
        ({ role: this.string(role), text: this.string(text), start, end })),
      confidence: c.confidence[k] / 100,
      rule: this.string(c.rule[k]),
    };
    if (this._cache.size > 5000) this._cache.clear();
    this._cache.set(k, claim);
    return claim;
  }

  /** The words of a claim's sentence. */
  claimText(k) {
    const c = this.raw.claims;
    return c.own[k] ?? this.doc(k)?.text.slice(c.from[k], c.from[k] + c.length[k]) ?? '';
  }

  /** The claims of each sentence, in the order of the data. */
  get sentences() {
    if (this._sentences) return this._sentences;
    const c = this.raw.claims;
    const found = new Map();
    for (let k = 0; k < this.claims; k++) {
      const key = c.own[k] ?? c.doc[k] * 2 ** 32 + c.from[k];
      if (found.has(key)) found.get(key).push(k);
      else found.set(key, [k]);
    }
    this._sentences = [...found.values()];
    return this._sentences;
  }

  /** The claims read in a document, by its number. */
  claimsIn(doc) {
    if (!this._in) {
      this._in = this.documents.map(() => []);
      this.raw.claims.doc.forEach((at, k) => this._in[at]?.push(k));
    }
    return this._in[doc] ?? [];
  }

  /** Claims made by the speaker of the given name. */
  saidBy(name) {
    if (!this._said) {
      this._said = new Map();
      for (let k = 0; k < this.claims; k++) {
        const speaker = this.speaker(k);
        if (!this._said.has(speaker)) this._said.set(speaker, []);
        this._said.get(speaker).push(k);
      }
    }
    return this._said.get(name) ?? [];
  }

  /** The claims that say the opposite of each claim about the same subject, relation and object. */
  get clashes() {
    if (this._clashes) return this._clashes;
    const sides = new Map();
    for (let k = 0; k < this.claims; k++) {
      if (this.objects[k] < 0) continue;
      const key = `${this.subjects[k]} ${this.raw.claims.r[k]} ${this.objects[k]}`;
      if (!sides.has(key)) sides.set(key, [[], []]);
      sides.get(key)[this.polarity(k) === 'negative' ? 1 : 0].push(k);
    }
    this._clashes = new Map();
    for (const [yes, no] of sides.values()) {
      if (!yes.length || !no.length) continue;
      for (const k of yes) this._clashes.set(k, no);
      for (const k of no) this._clashes.set(k, yes);
    }
    return this._clashes;
  }

  /** The node with a name, or -1. */
  named(name) { return this.byLabel.get(String(name).toLowerCase()) ?? -1; }
}

/** Weigh relations: one that more than a fiftieth of all claims share tells less of each; as kg/view/telling.py. */
export function rarity(relations) {
  const counts = new Map();
  for (const r of relations) counts.set(r, (counts.get(r) ?? 0) + 1);
  const often = Math.max(0.02 * relations.length, 1);
  return new Map([...counts].map(([r, n]) => [r, Math.min(1, often / n)]));
}

function headline(text) {
  const first = text.split('\n', 1)[0].trim();
  return first.length <= 70 ? first : `${first.slice(0, 68).replace(/\s+\S*$/, '')} …`;
}
