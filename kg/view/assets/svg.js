// Takes the strokes the canvas takes and writes them as SVG.

export const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, '');
const n = (value) => String(Math.round(value * 10) / 10);

export class Drawing {
  constructor(width, height, paper, title) {
    this.parts = [`<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" role="img"><title>${escape(title)}</title><rect width="100%" height="100%" fill="${escape(paper)}"/>`];
    this.path = '';
    Object.assign(this, { globalAlpha: 1, lineWidth: 1, strokeStyle: '#000', fillStyle: '#000', lineCap: 'butt', lineJoin: 'miter', font: '12px sans-serif', textAlign: 'left', textBaseline: 'middle' });
    this.dash = [];
  }
  setLineDash(dash) { this.dash = dash; }
  beginPath() { this.path = ''; }
  moveTo(x, y) { this.path += `M${n(x)} ${n(y)}`; }
  lineTo(x, y) { this.path += `L${n(x)} ${n(y)}`; }
  quadraticCurveTo(cx, cy, x, y) { this.path += `Q${n(cx)} ${n(cy)} ${n(x)} ${n(y)}`; }
  closePath() { this.path += 'Z'; }
  arc(x, y, r) { this.path += `M${n(x + r)} ${n(y)}A${n(r)} ${n(r)} 0 1 1 ${n(x - r)} ${n(y)}A${n(r)} ${n(r)} 0 1 1 ${n(x + r)} ${n(y)}`; }
  stroke() {
    if (this.path) this.parts.push(`<path d="${this.path}" fill="none" stroke="${escape(this.strokeStyle)}" stroke-width="${this.lineWidth}" stroke-linecap="${this.lineCap}"${this.dash.length ? ` stroke-dasharray="${this.dash.join(' ')}"` : ''}${this.alpha()}/>`);
  }
  fill() { if (this.path) this.parts.push(`<path d="${this.path}" fill="${escape(this.fillStyle)}"${this.alpha()}/>`); }
  fillRect(x, y, w, h) { this.parts.push(`<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${escape(this.fillStyle)}"${this.alpha()}/>`); }
  fillText(text, x, y) { this.write(text, x, y, `fill="${escape(this.fillStyle)}"`); }
  strokeText(text, x, y) { this.write(text, x, y, `fill="none" stroke="${escape(this.strokeStyle)}" stroke-width="${this.lineWidth}" stroke-linejoin="round"`); }
  write(text, x, y, paint) {
    const [, weight, size, family] = /^(?:(\d+) )?(\d+)px (.*)$/.exec(this.font) ?? [null, null, '12', 'sans-serif'];
    this.parts.push(`<text x="${n(x)}" y="${n(y)}" font-family="${escape(family)}" font-size="${size}"${weight ? ` font-weight="${weight}"` : ''} text-anchor="${this.textAlign === 'center' ? 'middle' : 'start'}" dominant-baseline="central" ${paint}${this.alpha()}>${escape(text)}</text>`);
  }
  alpha() { return this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : ''; }
  text() { return `${this.parts.join('\n')}\n</svg>\n`; }
}
