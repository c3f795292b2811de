/*
 * A small line of steps: <caelum-sparkline values="3,4,,4"> draws the last of 60 numbers at the
 * right; where there is none, there is no line. The element itself says what is to be seen.
 */
(() => {
  'use strict';
  const SVG = 'http://www.w3.org/2000/svg';
  const SLOTS = 60;
  const WIDTH = 300;
  const HEIGHT = 48;
  const EDGE = 3;

  class Sparkline extends HTMLElement {
    static observedAttributes = ['values'];

    connectedCallback() {
      if (!this.line) this.build();
      this.draw();
    }

    attributeChangedCallback() {
      if (this.line) this.draw();
    }

    build() {
      const svg = document.createElementNS(SVG, 'svg');
      svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
      svg.setAttribute('preserveAspectRatio', 'none');
      svg.setAttribute('aria-hidden', 'true');
      this.area = document.createElementNS(SVG, 'path');
      this.area.setAttribute('class', 'area');
      this.line = document.createElementNS(SVG, 'path');
      this.line.setAttribute('class', 'line');
      svg.append(this.area, this.line);
      this.append(svg);
    }

    draw() {
      const text = this.getAttribute('values') ?? '';
      const values = text ? text.split(',').map((value) => (value === '' ? null : Number(value))) : [];
      const known = values.filter((value) => value !== null);
      const least = Math.min(...known);
      const most = Math.max(...known);
      // what never moves is in the middle, what moves fills the height; below 0 there is nothing
      const room = Math.max(1, (most - least) / 3);
      const bottom = Math.max(0, least - room);
      const scale = (HEIGHT - 2 * EDGE) / Math.max(1, most + (most > least ? 0 : room) - bottom);
      const x = (i) => ((SLOTS - values.length + i) * WIDTH) / SLOTS;
      const y = (value) => Math.round((HEIGHT - EDGE - (value - bottom) * scale) * 10) / 10;
      let line = '';
      let area = '';
      values.forEach((value, i) => {
        if (value === null) return;
        const before = i > 0 ? values[i - 1] : null;
        line += `${before === null ? `M${x(i)} ` : 'V'}${y(value)}H${x(i + 1)}`;
        area += `M${x(i)} ${HEIGHT}V${y(value)}H${x(i + 1)}V${HEIGHT}Z`;
      });
      this.line.setAttribute('d', line);
      this.area.setAttribute('d', area);
    }
  }

  customElements.define('caelum-sparkline', Sparkline);
})();
