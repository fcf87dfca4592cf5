// Finding a name: over labels and aliases, by the beginnings of words first.

/** All names in one string, so that looking through fifty thousand takes a few milliseconds. */
export class Names {
  constructor(model) {
    this.model = model;
    this.owner = [];
    const parts = [];
    for (let i = 0; i < model.size; i++) {
      for (const name of [model.labels[i], ...model.aliases(i)]) {
        parts.push(fold(name));
        this.owner.push(i);
      }
    }
    this.text = `\n${parts.join('\n')}\n`;
    this.starts = new Uint32Array(parts.length);
    let at = 1;
    parts.forEach((part, n) => { this.starts[n] = at; at += part.length + 1; });
  }

  /** Nodes whose name holds the words asked for, best first. */
  find(asked, limit = 12) {
    const words = fold(asked).split(' ').filter(Boolean);
    if (!words.length) return [];
    const best = new Map();
    const longest = words.reduce((p, q) => (q.length > p.length ? q : p));
    for (let at = this.text.indexOf(longest); at >= 0; at = this.text.indexOf(longest, at + 1)) {
      const n = this.which(at);
      const start = this.starts[n];
      const end = this.text.indexOf('\n', start);
      const name = this.text.slice(start, end);
      at = end;
      if (!words.every((word) => name.includes(word))) continue;
      const i = this.owner[n];
      let score = Math.log2(2 + this.model.incident[i].length);
      if (name === words.join(' ')) score += 8;
      if (name.startsWith(words[0])) score += 4;
      if (words.every((word) => ` ${name}`.includes(` ${word}`))) score += 3;
      score -= name.length / 60;
      if (!(best.get(i) >= score)) best.set(i, score);
    }
    return [...best].sort((p, q) => q[1] - p[1] || p[0] - q[0]).slice(0, limit).map(([i]) => i);
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

/** Letters without case or accents. */
export const fold = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/\s+/g, ' ').trim();
