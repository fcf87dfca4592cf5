// Stress majorisation with labels kept apart: the same steps, in the same order, as kg/view/layout.py.

const APART = 210;
const COS = -0.7373688780783197;
const SIN = 0.6754902942615238;

export function sunflower(count, step = 60) {
  const out = [];
  let c = 1;
  let sn = 0;
  for (let k = 0; k < count; k++) {
    const radius = step * Math.sqrt(k + 0.5);
    out.push([radius * c, radius * sn]);
    [c, sn] = [c * COS - sn * SIN, c * SIN + sn * COS];
  }
  return out;
}

/** Shortest ways between all nodes. */
export function distances(count, ties) {
  const far = 1e9;
  const d = Array.from({ length: count }, (_, i) => {
    const row = new Float64Array(count).fill(far);
    row[i] = 0;
    return row;
  });
  for (const { a, b, length } of ties) if (length < d[a][b]) d[a][b] = d[b][a] = length;
  for (let k = 0; k < count; k++) {
    const rowK = d[k];
    for (let i = 0; i < count; i++) {
      const row = d[i];
      const via = row[k];
      if (via < far) for (let j = 0; j < count; j++) if (via + rowK[j] < row[j]) row[j] = via + rowK[j];
    }
  }
  for (const row of d) for (let j = 0; j < count; j++) if (row[j] >= far) row[j] = APART;
  return d;
}

export function stress(start, d, sweeps = 120) {
  const count = start.length;
  const x = start.map((p) => p[0]);
  const y = start.map((p) => p[1]);
  for (let turn = 0; turn < sweeps; turn++) {
    for (let i = 0; i < count; i++) {
      let sx = 0;
      let sy = 0;
      let sw = 0;
      const row = d[i];
      for (let j = 0; j < count; j++) {
        if (j === i) continue;
        const dx = x[i] - x[j];
        const dy = y[i] - y[j];
        const gap = Math.sqrt(dx * dx + dy * dy);
        const pull = gap > 1e-6 ? row[j] / gap : 0;
        const w = 1 / (row[j] * row[j]);
        sx += w * (x[j] + dx * pull);
        sy += w * (y[j] + dy * pull);
        sw += w;
      }
      if (sw > 0) { x[i] = sx / sw; y[i] = sy / sw; }
    }
  }
  return x.map((v, i) => [v, y[i]]);
}

export function settle(points, wide) {
  const count = points.length;
  if (count < 2) return points.map(() => [0, 0]);
  let mx = 0;
  let my = 0;
  for (const [px] of points) mx += px;
  for (const [, py] of points) my += py;
  mx /= count;
  my /= count;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const [px, py] of points) {
    const dx = px - mx;
    const dy = py - my;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const half = (xx - yy) / 2;
  const vx = half + Math.sqrt(half * half + xy * xy);
  const norm = Math.sqrt(vx * vx + xy * xy);
  let [c, sn] = norm > 1e-9 ? [vx / norm, xy / norm] : [1, 0];
  if (wide < 1) [c, sn] = [-sn, c];
  const turned = points.map(([px, py]) => [(px - mx) * c + (py - my) * sn, (py - my) * c - (px - mx) * sn]);
  const side = (n) => {
    let low = Infinity;
    let high = -Infinity;
    for (const p of turned) { low = Math.min(low, p[n]); high = Math.max(high, p[n]); }
    return high - low;
  };
  const w = side(0);
  const t = side(1);
  let ratio = w > 1e-9 && t > 1e-9 ? (wide * t) / w : 1;
  ratio = Math.min(Math.max(ratio, 0.6), 1.7);
  const [across, down] = ratio > 1 ? [ratio, 1] : [1, 1 / ratio];
  return turned.map(([px, py]) => [px * across, py * down]);
}

export function apart(points, boxes, ties, rounds = 90) {
  const count = points.length;
  const x = points.map((p) => p[0]);
  const y = points.map((p) => p[1]);
  for (let turn = 0; turn < rounds; turn++) {
    if (turn < rounds - 20) {
      for (const tie of ties) for (let i = 0; i < count; i++) if (i !== tie.a && i !== tie.b) offLine(x, y, i, tie);
    }
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) {
        const dx = x[j] - x[i];
        const dy = y[j] - y[i];
        const ox = boxes[i].width + boxes[j].width - Math.abs(dx);
        const oy = boxes[i].height + boxes[j].height - Math.abs(dy);
        if (ox > 0 && oy > 0) {
          if (ox < oy) {
            const push = (dx >= 0 ? ox : -ox) / 2;
            x[i] -= push;
            x[j] += push;
          } else {
            const push = (dy >= 0 ? oy : -oy) / 2;
            y[i] -= push;
            y[j] += push;
          }
        }
      }
    }
  }
  return x.map((v, i) => [v, y[i]]);
}

function offLine(x, y, i, tie, room = 26) {
  const ax = x[tie.a];
  const ay = y[tie.a];
  const ex = x[tie.b] - ax;
  const ey = y[tie.b] - ay;
  const long = ex * ex + ey * ey;
  if (long < 1) return;
  const t = ((x[i] - ax) * ex + (y[i] - ay) * ey) / long;
  if (!(t > 0.08 && t < 0.92)) return;
  let nx = x[i] - (ax + t * ex);
  let ny = y[i] - (ay + t * ey);
  let gap = Math.sqrt(nx * nx + ny * ny);
  if (gap < room) {
    if (gap < 1e-6) { nx = -ey; ny = ex; gap = Math.sqrt(long); }
    const push = gap > 1e-6 ? ((room - gap) * 0.3) / gap : 0;
    x[i] += nx * push;
    y[i] += ny * push;
  }
}

const tenth = (value) => Math.trunc(value * 10 + (value >= 0 ? 0.5 : -0.5)) / 10 || 0;

/** Lay out a picture of up to a few hundred nodes; `from` keeps the nodes about where they were. */
export function small(boxes, ties, wide = 1.3, from = null) {
  const count = boxes.length;
  const d = distances(count, ties);
  let points = stress(from ?? sunflower(count), d, from ? 40 : 120);
  if (!from) points = settle(points, wide);
  points = apart(points, boxes, ties, count > 120 ? 30 : 90);
  return points.map(([px, py]) => [tenth(px), tenth(py)]);
}

export const tieLength = (relation) => 92 + 6.2 * Math.min(relation.length, 24);

export function labelBox(label) {
  const shown = Math.min(label.length, 40);
  const across = shown <= 18 ? shown : Math.max(12, Math.floor(shown / 2) + 3);
  return { width: 3.6 * across + 12, height: shown <= 18 ? 25 : 32 };
}
