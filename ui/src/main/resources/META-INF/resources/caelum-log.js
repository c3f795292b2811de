/*
 * The live log: <caelum-log> keeps the newest 5,000 lines, follows them unless the reader scrolled
 * up or paused it, and shows every line as text.
 */
(() => {
  'use strict';
  const LINES = 5000;

  class Log extends HTMLElement {
    last = 0;
    held = [];
    following = true;

    connectedCallback() {
      if (this.lines) return;
      this.lines = document.createElement('div');
      this.lines.className = 'lines';
      this.lines.setAttribute('role', 'log');
      this.lines.setAttribute('aria-live', 'off');
      this.lines.setAttribute('aria-label', this.dataset.label ?? '');
      this.lines.dataset.empty = this.dataset.empty ?? '';
      this.lines.tabIndex = 0;
      this.lines.addEventListener('scroll', () => this.scrolled(), { passive: true });
      new ResizeObserver(() => this.follow()).observe(this.lines);
      this.jump = document.createElement('button');
      this.jump.type = 'button';
      this.jump.className = 'jump';
      this.jump.hidden = true;
      this.jump.addEventListener('click', () => this.toNewest());
      this.none = document.createElement('p');
      this.none.className = 'none';
      this.none.hidden = true;
      this.none.textContent = this.dataset.none ?? '';
      this.append(this.lines, this.none, this.jump);
    }

    /** Shows only lines that hold these words. */
    search(words) {
      this.words = words.trim().toLowerCase();
      [...this.lines.children].forEach((row) => this.sift(row));
      this.none.hidden = !this.words || !this.lines.childElementCount
        || [...this.lines.children].some((row) => !row.hidden);
      this.follow();
    }

    sift(row) {
      row.hidden = Boolean(this.words) && !row.lastElementChild.textContent.toLowerCase().includes(this.words);
    }

    /** Breaks long lines, or lets them run on. */
    wrap(broken) {
      this.toggleAttribute('unbroken', !broken);
    }

    /** Lines as {n, at, level, category, text, iface}, oldest first; known ones are skipped. */
    push(lines) {
      const fresh = lines.filter((line) => line.n > this.last);
      if (!fresh.length) return;
      this.last = fresh[fresh.length - 1].n;
      if (this.hasAttribute('paused')) {
        this.held.push(...fresh);
        this.held.splice(0, this.held.length - LINES);
      } else {
        this.show(fresh);
      }
      this.showJump();
    }

    /** Holds new lines back, or shows those held. */
    pause(paused) {
      this.toggleAttribute('paused', paused);
      if (!paused) this.show(this.held.splice(0));
      this.showJump();
    }

    show(lines) {
      const piece = document.createDocumentFragment();
      lines.forEach((line) => piece.append(this.element(line)));
      this.lines.append(piece);
      while (this.lines.childElementCount > LINES) this.lines.firstElementChild.remove();
      this.follow();
    }

    follow() {
      if (this.following) this.lines.scrollTop = this.lines.scrollHeight;
    }

    scrolled() {
      const { scrollTop, clientHeight, scrollHeight } = this.lines;
      this.following = scrollTop + clientHeight >= scrollHeight - 24;
      this.showJump();
    }

    element(line) {
      const row = document.createElement('div');
      row.className = 'line';
      row.dataset.level = line.level;
      row.dataset.category = line.category;
      const time = document.createElement('caelum-time');
      if (line.at !== null) time.setAttribute('at', line.at);
      const level = document.createElement('span');
      level.className = 'level';
      level.textContent = this.dataset[line.level] ?? line.level;
      const text = document.createElement('bdi');
      text.className = 'text';
      text.lang = 'en';
      text.textContent = line.iface ? `${line.iface}: ${line.text}` : line.text;
      row.append(time, level, text);
      this.sift(row);
      return row;
    }

    showJump() {
      const held = this.held.length;
      this.jump.hidden = !held && this.following;
      this.jump.textContent = held
        ? window.caelum.fill(this.dataset.held, held) : this.dataset.jump;
    }

    toNewest() {
      if (this.hasAttribute('paused')) this.show(this.held.splice(0));
      this.following = true;
      this.follow();
      this.showJump();
      this.lines.focus({ preventScroll: true });
    }

    /** The lines that the filter shows, as JSON, one a line. */
    json() {
      return this.seen().map((row) => {
        const at = row.firstElementChild.getAttribute('at');
        return JSON.stringify({
          time: at ? new Date(Number(at)).toISOString() : null,
          level: row.dataset.level,
          category: row.dataset.category,
          text: row.lastElementChild.textContent,
        });
      }).join('\n');
    }

    seen() {
      return [...this.lines.children].filter((row) => row.offsetParent !== null);
    }

    /** The same as plain text. */
    text() {
      return this.seen()
        .map((row) => {
          const at = row.firstElementChild.getAttribute('at');
          const time = at ? new Date(Number(at)).toISOString() : '-';
          return [time, row.dataset.level, row.lastElementChild.textContent].join('\t');
        })
        .join('\n');
    }
  }

  document.addEventListener('input', (event) => {
    const log = event.target.dataset?.searchLog;
    if (log) document.getElementById(log)?.search(event.target.value);
  });

  document.addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-wrap-log]');
    if (!button) return;
    const unbroken = button.getAttribute('aria-pressed') !== 'false';
    button.setAttribute('aria-pressed', String(!unbroken));
    document.getElementById(button.dataset.wrapLog)?.wrap(!unbroken);
  });

  customElements.define('caelum-log', Log);
})();
