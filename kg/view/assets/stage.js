// The canvas: camera, pointer, touch and keyboard. It knows nothing of claims.

import { compose, paint, under, bounds } from './picture.js';

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export class Stage {
  /** `on` has pick(what), hover(what, x, y), step(direction), key(event). */
  constructor(canvas, on) {
    this.canvas = canvas;
    this.on = on;
    this.scene = { nodes: [], edges: [], at: new Map() };
    this.camera = { x: 0, y: 0, zoom: 1 };
    this.light = null;
    this.hovered = null;
    this.theme = null;
    this.pointers = new Map();
    this.frame = 0;
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement);
    canvas.addEventListener('pointerdown', (e) => this.down(e));
    canvas.addEventListener('pointermove', (e) => this.move(e));
    canvas.addEventListener('pointerup', (e) => this.up(e));
    canvas.addEventListener('pointercancel', (e) => this.pointers.delete(e.pointerId));
    canvas.addEventListener('pointerleave', () => { if (!this.pointers.size) this.hover(null); });
    canvas.addEventListener('wheel', (e) => {
      e.preventDefault();
      this.zoomAt(e.offsetX, e.offsetY, Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : 0.0016)));
    }, { passive: false });
    canvas.addEventListener('dblclick', (e) => {
      const what = this.at(e);
      if (what?.node) this.on.open(what.node.id);
      else this.zoomAt(e.offsetX, e.offsetY, 1.6);
    });
    canvas.addEventListener('keydown', (e) => this.on.key(e));
    this.colours();
    this.resize();
  }

  /** Read the colours of the present theme from the style sheet. */
  colours() {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue(`--${name}`).trim();
    this.theme = {
      paper: of('stage'), ring: of('ring'), ink: of('ink'), muted: of('muted'), edge: of('edge'), said: of('said'), negative: of('negative'), accent: of('accent'),
    };
  }

  /** Draw again in the colours of the theme. */
  repaint(now = false) {
    this.colours();
    this.stale = true;
    this.draw(now);
  }

  get size() { return { width: this.width, height: this.height }; }

  resize() {
    const box = this.canvas.parentElement.getBoundingClientRect();
    if (!box.width || !box.height) return;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    if (this.width === box.width && this.height === box.height && this.ratio === ratio) return;
    const before = this.width;
    const shape = before === undefined ? 0 : Math.abs(Math.log((box.width * this.height) / (box.height * before)));
    [this.width, this.height, this.ratio] = [box.width, box.height, ratio];
    this.canvas.width = Math.round(box.width * ratio);
    this.canvas.height = Math.round(box.height * ratio);
    if (before === undefined || !this.moved) this.fit();
    this.stale = true;
    this.draw(true);
    if (shape > 0.2 && !this.moved) this.on.reshape();
  }

  /** Show a scene; nodes glide from where they were. */
  show(scene, keep = false) {
    const before = new Map(this.scene.nodes.map((node) => [node.id, [node.x, node.y]]));
    this.scene = scene;
    if (!keep) this.fit();
    this.stale = true;
    const glide = before.size && scene.nodes.length <= 150 && !still() && scene.nodes.some((node) => before.has(node.id));
    cancelAnimationFrame(this.gliding);
    if (!glide) { this.draw(true); return; }
    const ends = scene.nodes.map((node) => [node.x, node.y]);
    const starts = scene.nodes.map((node, n) => before.get(node.id) ?? ends[n]);
    const began = performance.now();
    const tick = (now) => {
      const t = Math.min(Math.max((now - began) / 320, 0), 1);
      const ease = 1 - (1 - t) ** 3;
      scene.nodes.forEach((node, n) => {
        node.x = starts[n][0] + (ends[n][0] - starts[n][0]) * ease;
        node.y = starts[n][1] + (ends[n][1] - starts[n][1]) * ease;
      });
      this.stale = true;
      this.draw(true);
      if (t < 1) this.gliding = requestAnimationFrame(tick);
    };
    this.gliding = requestAnimationFrame(tick);
  }

  /** Set the camera so that the whole scene is seen. */
  fit() {
    this.moved = false;
    if (!this.scene.nodes.length || !this.width) return;
    const b = bounds(this.scene);
    const overhang = (x) => Math.min(Math.max(...this.scene.nodes.filter((node) => Math.abs(node.x - x) < (b.x2 - b.x1) / 8 + 9).map((node) => node.width / 2 + 12), 50), this.width / 5);
    const pad = { left: overhang(b.x1), right: overhang(b.x2), top: 44, bottom: 76 };
    const wide = Math.max(b.x2 - b.x1, 40);
    const tall = Math.max(b.y2 - b.y1, 40);
    const zoom = Math.min((this.width - pad.left - pad.right) / wide, (this.height - pad.top - pad.bottom) / tall, 1.35);
    this.camera = { zoom, x: (b.x1 + b.x2) / 2 + (pad.right - pad.left) / 2 / zoom, y: (b.y1 + b.y2) / 2 + (pad.bottom - pad.top) / 2 / zoom };
    this.stale = true;
  }

  /** Bring a node into view without changing the scale. */
  reveal(id) {
    const node = this.scene.at.get(id);
    if (!node) return;
    const sx = (node.x - this.camera.x) * this.camera.zoom + this.width / 2;
    const sy = (node.y - this.camera.y) * this.camera.zoom + this.height / 2;
    if (sx > 60 && sx < this.width - 60 && sy > 40 && sy < this.height - 60) return;
    this.camera = { ...this.camera, x: node.x, y: node.y };
    this.moved = true;
    this.stale = true;
    this.draw();
  }

  highlight(light) {
    this.light = light;
    this.stale = true;
    this.draw();
  }

  zoomAt(x, y, factor) {
    const { camera } = this;
    const zoom = Math.min(Math.max(camera.zoom * factor, 0.02), 6);
    const wx = (x - this.width / 2) / camera.zoom + camera.x;
    const wy = (y - this.height / 2) / camera.zoom + camera.y;
    this.camera = { zoom, x: wx - (x - this.width / 2) / zoom, y: wy - (y - this.height / 2) / zoom };
    this.moved = true;
    this.stale = true;
    this.draw();
  }

  pan(dx, dy) {
    this.camera = { ...this.camera, x: this.camera.x - dx / this.camera.zoom, y: this.camera.y - dy / this.camera.zoom };
    this.moved = true;
    this.slid = (this.slid ?? [0, 0]);
    this.slid = [this.slid[0] + dx, this.slid[1] + dy];
    this.draw();
  }

  /** Draw at the next frame, or now. */
  draw(now = false) {
    if (now) { cancelAnimationFrame(this.frame); this.frame = 0; this.render(); return; }
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.render(); });
  }

  render() {
    if (!this.width) return;
    const ctx = this.canvas.getContext('2d', { alpha: false });
    if (!this.stale && this.slid && this.scene.edges.length > 300) { this.slide(ctx); return; }
    this.slid = null;
    this.stale = false;
    ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    ctx.fillStyle = this.theme.paper;
    ctx.fillRect(0, 0, this.width, this.height);
    compose(this.scene, this.camera, this.size, this.light);
    paint(ctx, this.scene, this.camera, this.theme, this.light);
  }

  /** While a large picture is dragged, move what is drawn and paint only when the hand rests. */
  slide(ctx) {
    const [dx, dy] = this.slid;
    this.slid = null;
    const kept = this.kept ??= document.createElement('canvas');
    const { width, height } = this.canvas;
    if (kept.width !== width || kept.height !== height) { kept.width = width; kept.height = height; }
    const back = kept.getContext('2d', { alpha: false });
    back.setTransform(1, 0, 0, 1, 0, 0);
    back.drawImage(this.canvas, 0, 0);
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = this.theme.paper;
    ctx.fillRect(0, 0, width, height);
    ctx.drawImage(kept, dx * this.ratio, dy * this.ratio);
    for (const node of this.scene.nodes) { node.sx += dx; node.sy += dy; }
    clearTimeout(this.rest);
    this.rest = setTimeout(() => { this.stale = true; this.draw(); }, 90);
  }

  at(e) { return under(this.scene, this.camera, e.offsetX, e.offsetY, e.pointerType === 'touch' ? 16 : 7); }

  down(e) {
    this.canvas.setPointerCapture(e.pointerId);
    this.pointers.set(e.pointerId, [e.offsetX, e.offsetY]);
    this.pressed = { x: e.offsetX, y: e.offsetY, moved: false, many: this.pointers.size > 1 };
  }

  move(e) {
    const held = this.pointers.get(e.pointerId);
    if (!held) { this.hover(this.at(e), e.offsetX, e.offsetY); return; }
    const dx = e.offsetX - held[0];
    const dy = e.offsetY - held[1];
    if (this.pointers.size === 2) {
      const other = [...this.pointers].find(([id]) => id !== e.pointerId)[1];
      const gap = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]) || 1;
      this.zoomAt((e.offsetX + other[0]) / 2, (e.offsetY + other[1]) / 2, gap([e.offsetX, e.offsetY]) / gap(held));
      this.pressed.many = true;
    } else if (this.pressed.moved || Math.hypot(e.offsetX - this.pressed.x, e.offsetY - this.pressed.y) > 4) {
      this.pressed.moved = true;
      this.canvas.classList.add('held');
      this.hover(null);
      this.pan(dx, dy);
    } else return;
    this.pointers.set(e.pointerId, [e.offsetX, e.offsetY]);
  }

  up(e) {
    this.pointers.delete(e.pointerId);
    this.canvas.classList.remove('held');
    if (this.pressed && !this.pressed.moved && !this.pressed.many && !this.pointers.size) this.on.pick(this.at(e));
  }

  hover(what, x = 0, y = 0) {
    const same = (what?.node?.id === this.hovered?.node?.id) && (what?.edge === this.hovered?.edge);
    this.hovered = what;
    this.canvas.classList.toggle('over', Boolean(what));
    this.on.hover(what, x, y, !same);
  }
}
