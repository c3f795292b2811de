/*
 * The cluster as a map: <caelum-topology drawing="JSON"> draws what the server laid out. Everything
 * has an id and is patched in place, so that the focus stays where it is while the map changes.
 * Arrows go to the neighbour in that direction, Enter, Space or a click tells "open" with {id}.
 * With "readonly" it is a picture. Text is only ever set as text.
 */
(() => {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  /** What an exported picture must hold by itself. */
  const STYLES = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'opacity',
    'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'paint-order'];
  /** A sign for each state: never colour alone. */
  const SIGNS = { alive: 'M-7 0L-2 5L7-6', suspect: 'M0-8V2M0 6.5V7', dead: 'M-6-6L6 6M6-6L-6 6',
    left: 'M-7 0H7M2-5L7 0L2 5', heard: 'M-3 0A3 3 0 1 0 3 0A3 3 0 1 0-3 0M-8 0A8 8 0 0 1 8 0',
    foreign: 'M-6-3H6M-6 3H6' };

  const make = (name, parent, marks = {}) => {
    const element = document.createElementNS(SVG, name);
    set(element, marks);
    parent.append(element);
    return element;
  };
  const set = (element, marks) => {
    for (const [name, value] of Object.entries(marks)) {
      if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
    }
  };
  const write = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  class Topology extends HTMLElement {
    static observedAttributes = ['drawing'];
    nodes = new Map();
    links = new Map();
    arcs = new Map();

    connectedCallback() {
      if (!this.svg) this.build();
      this.draw();
    }

    attributeChangedCallback() {
      if (this.svg) this.draw();
    }

    build() {
      this.svg = make('svg', this, { xmlns: SVG });
      this.back = make('g', this.svg, { 'aria-hidden': 'true' });
      this.front = make('g', this.svg);
      this.picture = this.hasAttribute('readonly');
      this.svg.setAttribute('role', this.picture ? 'img' : 'group');
      if (this.picture) this.front.setAttribute('aria-hidden', 'true');
      this.ring = make('ellipse', this.back, { class: 'nobody' });
      this.nobody = make('text', this.back, { class: 'nobody' });
      this.layers = ['arcs', 'links', 'texts'].map((name) => make('g', this.back, { class: name }));
      if (this.picture) return;
      this.svg.addEventListener('click', (event) => this.open(event.target));
      this.svg.addEventListener('keydown', (event) => this.key(event));
    }

    draw() {
      const drawing = JSON.parse(this.getAttribute('drawing') || 'null');
      if (!drawing) return;
      const { width, height } = drawing;
      set(this.svg, { viewBox: `${-width} ${-height} ${2 * width} ${2 * height}`, 'aria-label': drawing.label });
      this.svg.style.setProperty('--wide', `${2 * width}px`);
      const focused = this.svg.contains(document.activeElement) ? document.activeElement.dataset.id : null;
      this.alone(drawing);
      this.patch(this.arcs, drawing.arcs, (arc) => this.arc(arc), (group, arc) => this.bend(group, arc));
      this.patch(this.links, drawing.links, (link) => this.link(link), (group, link) => this.bind(group, link));
      this.patch(this.nodes, drawing.nodes, (node) => this.node(node), (group, node) => this.turn(group, node));
      if (focused && !this.nodes.has(focused)) this.refocus(focused);
    }

    /** A bubble that opened leaves its place to the sign that closes it, and the other way round. */
    refocus(gone) {
      const heir = { g: 'f', f: 'g' }[gone[0]];
      const group = this.nodes.get(heir + gone.slice(1)) ?? this.nodes.values().next().value;
      group?.element.focus();
    }

    alone({ alone, nobody }) {
      set(this.ring, { rx: 209, ry: 135, cx: 0, cy: 0 });
      set(this.nobody, { x: 0, y: -90 });
      write(this.nobody, alone ? nobody : '');
      this.ring.toggleAttribute('hidden', !alone);
    }

    patch(kept, wanted, create, change) {
      const ids = new Set(wanted.map(({ id }) => id));
      for (const [id, group] of kept) {
        if (!ids.has(id)) {
          group.remove();
          kept.delete(id);
        }
      }
      for (const each of wanted) {
        let group = kept.get(each.id);
        if (!group) {
          group = create(each);
          kept.set(each.id, group);
        }
        change(group, each);
      }
    }

    arc() {
      const line = make('path', this.layers[0]);
      const text = make('text', this.layers[2], { class: 'group' });
      return { line, text, remove: () => { line.remove(); text.remove(); } };
    }

    bend({ line, text }, arc) {
      const { rx, ry } = arc;
      set(line, { d: arc.whole
        ? `M0 ${-ry}A${rx} ${ry} 0 1 1 0 ${ry}A${rx} ${ry} 0 1 1 0 ${-ry}`
        : `M${arc.x1} ${arc.y1}A${rx} ${ry} 0 ${arc.wide ? 1 : 0} 1 ${arc.x2} ${arc.y2}` });
      set(text, { x: arc.x, y: arc.y });
      write(text, arc.text);
    }

    link() {
      const line = make('line', this.layers[1], { x1: 0, y1: 0 });
      const text = make('text', this.layers[2], { class: 'rtt' });
      return { line, text, remove: () => { line.remove(); text.remove(); } };
    }

    bind({ line, text }, link) {
      set(line, { x2: link.x, y2: link.y, 'data-kind': link.kind });
      set(text, { x: Math.round(link.x * 0.62), y: Math.round(link.y * 0.62) });
      write(text, link.text);
    }

    node({ id }) {
      const element = make('g', this.front, { 'data-id': id });
      if (!this.picture) set(element, { tabindex: 0, role: 'button' });
      const title = make('title', element);
      const circle = make('circle', element, { class: 'disc' });
      const sign = make('path', element, { class: 'sign' });
      const count = make('text', element, { class: 'count' });
      const name = make('text', element, { class: 'name' });
      const sub = make('text', element, { class: 'sub' });
      const servers = make('g', element, { class: 'servers' });
      return { element, title, circle, sign, count, name, sub, servers, remove: () => element.remove() };
    }

    turn(group, node) {
      const { element } = group;
      Object.assign(group, { x: node.x, y: node.y });
      set(element, { 'data-kind': node.kind, 'data-state': node.state });
      if (!this.picture) set(element, { 'aria-label': node.said });
      element.style.transform = `translate(${node.x}px, ${node.y}px)`;
      write(group.title, node.said);
      set(group.circle, { r: node.r });
      set(group.sign, { d: node.count ? '' : SIGNS[node.state] ?? '' });
      write(group.count, node.count ?? '');
      set(group.name, { y: node.r + 15 });
      write(group.name, node.name);
      set(group.sub, { y: node.r + 29 });
      write(group.sub, node.sub);
      this.squares(group.servers, node);
    }

    squares(layer, { servers = [], r }) {
      while (layer.childElementCount > servers.length) layer.lastElementChild.remove();
      while (layer.childElementCount < servers.length) make('rect', layer, { width: 7, height: 7, rx: 1.5 });
      servers.forEach((state, i) => {
        const x = -servers.length * 4.5 + i * 9 + 1;
        set(layer.children[i], { x, y: -r - 12, 'data-state': state });
      });
    }

    open(target) {
      const id = target.closest?.('g[data-id]')?.dataset.id;
      if (id) this.dispatchEvent(new CustomEvent('open', { detail: { id } }));
    }

    key(event) {
      const way = ARROWS[event.key];
      if (event.key === 'Enter' || event.key === ' ') this.open(event.target);
      else if (way) this.move(event.target, way);
      else return;
      event.preventDefault();
    }

    /** The focus goes to the nearest that way; what lies aside counts as farther. */
    move(target, [dx, dy]) {
      const from = this.nodes.get(target.dataset.id);
      if (!from) return;
      let best = null;
      let least = Infinity;
      for (const group of this.nodes.values()) {
        const ahead = (group.x - from.x) * dx + (group.y - from.y) * dy;
        const aside = Math.abs((group.x - from.x) * dy) + Math.abs((group.y - from.y) * dx);
        const far = ahead + 2 * aside;
        if (ahead > 1 && far < least) {
          least = far;
          best = group;
        }
      }
      best?.element.focus();
    }

    /** The picture as it looks now, with all its styles in it. */
    export() {
      const copy = this.svg.cloneNode(true);
      const from = [this.svg, ...this.svg.querySelectorAll('*')];
      [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
        const style = getComputedStyle(from[i]);
        for (const name of STYLES) element.style.setProperty(name, style.getPropertyValue(name));
        for (const name of ['tabindex', 'role', 'class', 'aria-hidden']) element.removeAttribute(name);
      });
      const [x, y, width, height] = this.svg.getAttribute('viewBox').split(' ');
      const ground = make('rect', copy, { x, y, width, height, fill: getComputedStyle(this).backgroundColor });
      copy.prepend(ground);
      set(copy, { width, height });
      return { text: new XMLSerializer().serializeToString(copy), width: Number(width), height: Number(height) };
    }
  }

  function save(blob, name) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function png({ text, width, height }) {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement('canvas');
      const scale = Math.min(2, 8000 / width);
      canvas.width = width * scale;
      canvas.height = height * scale;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(blob, 'caelum-topology.png'), 'image/png');
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-topology-export]');
    const shown = button && document.querySelector('caelum-topology');
    if (!shown) return;
    const picture = shown.export();
    if (button.dataset.topologyExport === 'png') png(picture);
    else save(new Blob([picture.text], { type: 'image/svg+xml' }), 'caelum-topology.svg');
  });

  customElements.define('caelum-topology', Topology);
})();
