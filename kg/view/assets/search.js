// Finding: names by label and alias, sentences by their words; the beginnings of words count more.

/** Texts joined into one string, so that looking through megabytes takes a few milliseconds. */
class Index {
  constructor(texts, plain = true) {
    const parts = plain ? texts.map(fold) : texts;
    this.text = `\n${parts.join('\n')}\n`;
    this.starts = new Uint32Array(parts.length);
    let at = 1;
    parts.forEach((part, n) => { this.starts[n] = at; at += part.length + 1; });
  }

  /** Call `found(n, text)` for every text that holds all the words, until it returns true. */
  each(wanted, found) {
    const longest = wanted.reduce((p, q) => (q.length > p.length ? q : p));
    for (let at = this.text.indexOf(longest); at >= 0; at = this.text.indexOf(longest, at + 1)) {
      const n = this.which(at);
      const end = this.text.indexOf('\n', this.starts[n]);
      const text = this.text.slice(this.starts[n], end);
      at = end;
      if (wanted.every((word) => text.includes(word)) && found(n, text)) return;
    }
  }

  which(at) {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if (this.starts[mid] <= at) low = mid;
      else high = mid - 1;
    }
    return low;
  }
}

const split = (asked) => fold(asked).split(' ').filter(Boolean);

export class Names {
  constructor(model) {
    this.model = model;
    this.owner = [];
    const texts = [];
    for (let i = 0; i < model.size; i++) {
      if (model.kind(i).key === 'Claim') continue; // found by their sentences
      for (const name of [model.labels[i], ...model.aliases(i)]) { texts.push(name); this.owner.push(i); }
    }
    this.index = new Index(texts);
  }

  /** Nodes whose name holds the words asked for, best first. */
  find(asked, limit = 12) {
    const words = split(asked);
    if (!words.length) return [];
    const best = new Map();
    this.index.each(words, (n, name) => {
      const i = this.owner[n];
      let score = Math.log2(2 + this.model.incident[i].length) - name.length / 60;
      if (name === words.join(' ')) score += 8;
      if (name.startsWith(words[0])) score += 4;
      if (words.every((word) => ` ${name}`.includes(` ${word}`))) score += 3;
      if (!(best.get(i) >= score)) best.set(i, score);
    });
    return [...best].sort((p, q) => q[1] - p[1] || p[0] - q[0]).slice(0, limit).map(([i]) => i);
  }
}

/** A text's words alone, each after a space: so only beginnings of words are found. */
const bare = (text) => ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()}`;

/** Matches looked at before the best are chosen. */
const ENOUGH = 400;

export class Sentences {
  constructor(model) {
    this.claims = model.sentences;
    this.index = new Index(this.claims.map(([k]) => bare(model.claimText(k))), false);
  }

  /** The claims of each sentence that holds the words asked for, best sentence first. */
  find(asked, limit = 6) {
    const phrase = bare(asked);
    if (phrase.length < 3) return [];
    const found = [[], []];
    this.index.each(phrase.slice(1).split(' ').map((word) => ` ${word}`), (n, text) => {
      found[text.includes(phrase) ? 0 : 1].push(this.claims[n]);
      return found[0].length >= limit || found[1].length >= ENOUGH;
    });
    return found.flat().slice(0, limit);
  }
}

/** A sentence cut to what stands around the first word asked for, in pieces: [text, whether it was asked for]. */
export function excerpt(text, asked, room = 110) {
  const plain = text.replace(/\s+/g, ' ');
  const folded = fold(plain);
  const same = folded.length === plain.length; // else the places differ, and nothing is marked
  const places = same ? split(asked).map((word) => [folded.indexOf(word), word.length]).filter(([at]) => at >= 0).sort((p, q) => p[0] - q[0]) : [];
  const first = places[0]?.[0] ?? 0;
  let from = Math.max(0, Math.min(first - 40, plain.length - room));
  if (from > 0) from = plain.indexOf(' ', from) + 1;
  const to = Math.min(plain.length, from + room);
  const out = from > 0 ? [['… ', false]] : [];
  let at = from;
  for (const [start, length] of places) {
    if (start < at || start + length > to) continue;
    out.push([plain.slice(at, start), false], [plain.slice(start, start + length), true]);
    at = start + length;
  }
  out.push([plain.slice(at, to) + (to < plain.length ? ' …' : ''), false]);
  return out.filter(([piece]) => piece);
}

/** Letters without case or accents. */
export const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/\s+/g, ' ').trim();
