// What can be taken away: the visible claims as CSV, JSON, Turtle and SPARQL, the picture as PNG and SVG.

import { COLUMNS } from './table.js';
import { compose, paint } from './picture.js';
import { Drawing } from './svg.js';

/** A cell of CSV that no spreadsheet takes for a formula. */
export function cell(value) {
  let text = String(value ?? '');
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csv(model, claims) {
  const names = [...COLUMNS.map(([name]) => name), 'Sentence', 'Claim'];
  const rows = claims.map((k) => [...COLUMNS.map(([, value]) => value(model, k)), model.claim(k).text, model.claimIri(k)]);
  return [names, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

export function json(model, claims) {
  return `${JSON.stringify(claims.map((k) => {
    const c = model.claim(k);
    return {
      id: c.id, subject: model.labels[c.subject], subject_id: model.iri(c.subject), relation: c.relation,
      object: c.object < 0 ? null : model.labels[c.object], object_id: c.object < 0 ? null : model.iri(c.object),
      polarity: c.polarity, certainty: c.certainty, reporter_certainty: c.reporter, modality: c.modality, tense: c.tense,
      condition: c.condition, source_chain: c.chain, time: { said: c.said, meant: c.meant }, doc: c.doc?.id ?? null,
      sentence_span: c.sentenceSpan, sentence_text: c.text, arguments: c.arguments, confidence: c.confidence, rule: c.rule,
    };
  }), null, 1)}\n`;
}

/** An IRI that may stand between angle brackets. */
export const iri = (name) => `<${String(name).replace(/[\x00-\x20<>"{}|^`\\]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}>`;

const literal = (text) => `"${String(text).replace(/[\\"\n\r]/g, (c) => ({ '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r' }[c]))}"`;

const code = (name) => /^[a-z]+$/.test(name);

/** The statements of the claims; the full record of each is in the graph's own Turtle. */
export function turtle(model, claims) {
  const out = [
    '@prefix kg: <https://example.org/kg/ontology#> .', '@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .',
    '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .', '',
  ];
  const nodes = new Set();
  for (const k of claims) {
    const object = model.objects[k];
    nodes.add(model.subjects[k]);
    if (object >= 0) nodes.add(object);
    out.push(`${iri(model.claimIri(k))} a kg:Claim ; rdf:subject ${iri(model.iri(model.subjects[k]))} ; rdf:predicate ${iri(`https://example.org/kg/relation/${encodeURIComponent(model.relation(k))}`)}${object < 0 ? '' : ` ; rdf:object ${iri(model.iri(object))}`}${code(model.polarity(k)) ? ` ; kg:polarity kg:${model.polarity(k)}` : ''}${code(model.certainty(k)) ? ` ; kg:certainty kg:${model.certainty(k)}` : ''} ; rdfs:comment ${literal(model.claim(k).text)} .`);
  }
  for (const i of [...nodes].sort((p, q) => p - q)) if (model.kind(i).key !== 'Claim') out.push(`${iri(model.iri(i))} rdfs:label ${literal(model.labels[i])} .`);
  return `${out.join('\n')}\n`;
}

/** The query that gives these claims from the graph's Turtle. */
export function sparql(model, claims) {
  return `SELECT ?claim ?property ?value WHERE {\n  VALUES ?claim {\n${claims.map((k) => `    ${iri(model.claimIri(k))}`).join('\n')}\n  }\n  ?claim ?property ?value\n} ORDER BY ?claim ?property ?value\n`;
}

/** The picture as it stands, as SVG. */
export function svg(stage, title) {
  const drawing = new Drawing(stage.width, stage.height, stage.theme.paper, title);
  compose(stage.scene, stage.camera, stage.size, stage.light);
  paint(drawing, stage.scene, stage.camera, stage.theme, stage.light);
  return drawing.text();
}

/** Give a file to the user. */
export function give(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const a = document.createElement('a');
  a.href = url;
  a.download = name;
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
