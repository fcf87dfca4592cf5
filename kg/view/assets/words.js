// How claims, dates and numbers are put into words.

export const relation = (name) => name.replaceAll('_', ' ');
export const who = (name) => (name === 'reporter' ? 'the reporter' : name);
export const count = (n, one, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
export const clip = (text, length) => (text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`);

export const CERTAINTY = {
  certain: 'stated as certain', probable: 'probable', possible: 'possible', unknown: 'not settled',
};

/** The pieces of a claim as one line: [text, role] with role subject, relation, object or mark. */
export function line(model, k) {
  const c = model.claim(k);
  const out = [[model.labels[c.subject], 'subject']];
  if (c.polarity === 'negative') out.push(['not', 'not']);
  out.push([relation(c.relation), 'relation']);
  if (c.object >= 0) out.push([model.labels[c.object], 'object']);
  return out;
}

export const plain = (model, k) => line(model, k).map(([text]) => text).join(' ');

/** Whether a claim is put forward without negation, doubt or condition. */
export const isPlain = (c) => c.polarity === 'positive' && c.certainty === 'certain' && !c.antecedent && !c.condition;

/** How far a claim is from a plain statement of fact, in words. */
export function marks(model, k) {
  const c = model.claim(k);
  const out = [];
  if (c.polarity === 'negative') out.push({ text: 'negated', kind: 'negative' });
  if (c.certainty !== 'certain') out.push({ text: CERTAINTY[c.certainty] ?? c.certainty, kind: 'unsure' });
  if (c.antecedent) out.push({ text: 'only a condition', kind: 'condition' });
  else if (c.condition) out.push({ text: 'conditional', kind: 'condition' });
  if (c.modality !== 'none' && c.modality !== 'conditional' && c.modality !== 'epistemic') {
    out.push({ text: c.modality, kind: 'modality' });
  }
  if (c.tense === 'future') out.push({ text: 'future', kind: 'tense' });
  if (model.clashes.has(k)) out.push({ text: 'contradicted', kind: 'clash' });
  return out;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SPECIAL = { PAST_REF: 'in the past', PRESENT_REF: 'now', FUTURE_REF: 'in the future' };

/** A TIMEX3 value for people. */
export function date(value) {
  if (!value) return '';
  if (SPECIAL[value]) return SPECIAL[value];
  let m = /^(\d{4})-(\d\d)-(\d\d)(T.*)?$/.exec(value);
  if (m) return `${Number(m[3])} ${MONTHS[m[2] - 1] ?? m[2]} ${m[1]}`;
  m = /^(\d{4})-(\d\d)$/.exec(value);
  if (m) return `${MONTHS[m[2] - 1] ?? m[2]} ${m[1]}`;
  m = /^(\d{4})-W(\d\d)/.exec(value);
  if (m) return `week ${Number(m[2])} of ${m[1]}`;
  return value;
}

const DAY = 86400000;

/** The days a TIMEX3 value covers as [first, last] in days since 1970, or null. */
export function days(value) {
  if (!value) return null;
  let m = /^(\d{4})-(\d\d)-(\d\d)/.exec(value);
  if (m) { const d = Date.UTC(m[1], m[2] - 1, m[3]) / DAY; return [d, d]; }
  m = /^(\d{4})-W(\d\d)/.exec(value);
  if (m) {
    const january4 = Date.UTC(m[1], 0, 4) / DAY;
    const monday = january4 - ((january4 + 3) % 7) + (m[2] - 1) * 7;
    return [monday, monday + 6];
  }
  m = /^(\d{4})-(\d\d)$/.exec(value);
  if (m) return [Date.UTC(m[1], m[2] - 1, 1) / DAY, Date.UTC(m[1], Number(m[2]), 0) / DAY];
  m = /^(\d{4})$/.exec(value);
  if (m) return [Date.UTC(m[1], 0, 1) / DAY, Date.UTC(m[1], 11, 31) / DAY];
  return null;
}

export const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
