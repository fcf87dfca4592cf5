// Builds the page's elements. Text only ever becomes text: nothing here parses HTML.

const BY_PROPERTY = new Set(['value', 'checked', 'disabled', 'hidden', 'open', 'tabIndex', 'selected']);

/** Make an element: h('p', {class: 'note'}, 'text', h('b', {}, 'bold')). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (BY_PROPERTY.has(name)) element[name] = value;
    else if (name === 'tint') element.style.setProperty('--tint', value);
    else if (name === 'share') element.style.setProperty('--share', value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(element, child);
    else if (child !== undefined && child !== null && child !== false) {
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
}

/** Make an SVG element. */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, String(value));
  }
  add(element, children);
  return element;
}

/** Put new children in the place of the old ones. */
export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

export const $ = (id) => document.getElementById(id);

/** Link an address only if it is one of the web. */
export function link(address, label) {
  if (!/^https?:\/\/[^\s]+$/i.test(address)) return h('span', {}, label);
  return h('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, label);
}

/** A small setting of this page's, remembered by the browser where it may. */
export function kept(name) { try { return localStorage.getItem(`kg.${name}`); } catch { return null; } }
export function keep(name, value) { try { localStorage.setItem(`kg.${name}`, value); } catch { /* a page without storage forgets */ } }

/** Tell people who listen to the page what has happened. */
export function say(message) {
  const live = $('live');
  if (live) live.textContent = message;
}
