/*
 * The part of the dashboard that works without its server: it notices when beats stay out, tells
 * so, finds the way back, and lets ages tick. Text is only ever set as text.
 */
(() => {
  'use strict';
  const LATE = 3200;
  const LOST = 5000;
  const NODE_LOST = 1500;
  const root = document.documentElement;
  const live = {
    beatAt: performance.now(),
    beaten: false,
    /** performance.now() minus the server's clock, in ms; null before the first beat. */
    offset: null,
    nodeLostAt: null,
    lostClock: null,
    answeredAt: null,
    /** Changes that this paused page has not shown; null while it follows. */
    waiting: null,
    /** The worst state of a machine: '', 'warn' or 'bad'. */
    worst: '',
  };

  /** The icon of the browser's tab with a sign at its corner; it must not need the server. */
  const signed = (sign) => `data:image/svg+xml,${encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1d3a6e"/>'
    + '<path d="M9 21 16 9l8 6-5 9z" stroke="#9db8e8" stroke-width="1.6" fill="none"/><g fill="#fff"><circle cx="16" cy="9" r="3"/>'
    + `<circle cx="9" cy="21" r="2.4"/><circle cx="24" cy="15" r="2.4"/></g>${sign}</svg>`)}`;
  const ICONS = {
    warn: signed('<path d="M22 12 32 31H12z" fill="#f0be5e"/><path d="M22 19v5m0 3.2v.6" stroke="#000" stroke-width="2.6"/>'),
    bad: signed('<circle cx="22" cy="22" r="10" fill="#e5484d"/><path d="m18 18 8 8m0-8-8 8" stroke="#fff" stroke-width="3"/>'),
  };

  const fill = (pattern, ...values) =>
    (pattern || '{0}').replace(/\{(\d)\}/g, (_, n) => String(values[n] ?? ''));

  /** The page's language, with this browser's region and its way to write times. */
  const locale = navigator.languages.find((each) => each.split('-')[0] === root.lang) ?? root.lang;

  const CLOCK = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  if (CLOCK.resolvedOptions().hour12) root.style.setProperty('--c-clock', '5.9rem');

  const clock = (date) => CLOCK.format(date);

  const stamp = (date) => date.toLocaleString(locale);

  const number = (value, digits = 0) => value.toLocaleString(locale, { maximumFractionDigits: digits });

  /** The time, and the day unless it is today. */
  function moment(date) {
    if (date.toDateString() === new Date().toDateString()) return clock(date);
    const day = date.toLocaleDateString(locale, { month: 'short', day: 'numeric' });
    return `${day}, ${clock(date)}`;
  }

  /** A length of time in at most two units, or in one. */
  function span(ms, short) {
    const s = Math.max(0, Math.round(ms / 1000));
    if (s < 60) return `${s} s`;
    const min = Math.floor(s / 60);
    if (min < 60) return `${min} min`;
    const h = Math.floor(min / 60);
    if (h < 48) return min % 60 && !short ? `${h} h ${min % 60} min` : `${h} h`;
    const days = document.getElementById('caelum-pill')?.dataset.days ?? '{0} d';
    return fill(days, Math.floor(h / 24));
  }

  function setText(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  /** An age that ticks: since (or until) on the server's clock, pattern with {0}. */
  class Age extends HTMLElement {
    static observedAttributes = ['since', 'until', 'pattern'];

    connectedCallback() {
      this.tick();
    }

    attributeChangedCallback() {
      this.tick();
    }

    tick() {
      const until = this.getAttribute('until');
      const moment = until || this.getAttribute('since');
      if (!moment || live.offset === null) {
        setText(this, '–');
        return;
      }
      const age = performance.now() - live.offset - Number(moment);
      const pattern = this.getAttribute('pattern');
      setText(this, until && age > 0 ? '' : fill(pattern, span(until ? -age : age, this.hasAttribute('short'))));
      if (!until) {
        const at = new Date(Date.now() - age);
        const title = stamp(at);
        if (this.title !== title && Math.abs((this.titleAt || 0) - at) > 2000) {
          this.titleAt = at.getTime();
          this.title = title;
        }
      }
    }
  }

  /** A moment as the browser's own clock and zone show it: at in ms since 1970. */
  class Time extends HTMLElement {
    static observedAttributes = ['at'];

    attributeChangedCallback() {
      const at = this.getAttribute('at');
      const date = at ? new Date(Number(at)) : null;
      setText(this, date ? moment(date) : '–');
      this.title = date ? stamp(date) : '';
    }
  }

  function toast(text) {
    const toast = document.getElementById('caelum-toast');
    if (!toast) return;
    setText(toast, text);
    toast.hidden = false;
    clearTimeout(toast.timer);
    toast.timer = setTimeout(() => { toast.hidden = true; }, 4000);
  }

  /** Loads the page anew in a language, and in that from now on; '' goes by the browser's own. */
  function speak(language) {
    const folder = new URL('.', document.baseURI).pathname;
    const seconds = language ? 365 * 24 * 3600 : 0;
    document.cookie = `caelum-lang=${language};path=${folder};max-age=${seconds};SameSite=Strict`;
    const page = new URL(location);
    page.searchParams.delete('lang');
    history.replaceState(history.state, '', page);
    location.reload();
  }

  const remembered = (name) => sessionStorage.getItem(`caelum.${name}`);
  const remember = (name, value) => sessionStorage.setItem(`caelum.${name}`, value);

  /** What this browser keeps for its reader; without its storage nothing is kept. */
  function kept(name) {
    try { return localStorage.getItem(`caelum.${name}`); } catch { return null; }
  }
  function keep(name, value) {
    try {
      if (value) localStorage.setItem(`caelum.${name}`, value);
      else localStorage.removeItem(`caelum.${name}`);
    } catch { /* it holds for this page alone */ }
  }

  /**
   * When this browser's reader last visited that view before now, in ms since 1970; 0 when never.
   * Coming back within ten minutes, or loading it anew, is the same visit.
   */
  function visit(view) {
    const now = Date.now();
    const last = Number(kept(`${view}.last`)) || 0;
    if (last && now - last > 600_000) keep(`${view}.before`, String(last));
    keep(`${view}.last`, String(now));
    return Number(kept(`${view}.before`)) || 0;
  }

  /** One sign of life from the server. */
  function beat(rev, serverMillis, nodeLostAt, instance, nodeStartedAt, version, waiting, good, worst) {
    live.beatAt = performance.now();
    live.beaten = true;
    live.offset = live.beatAt - serverMillis;
    live.nodeLostAt = nodeLostAt;
    live.waiting = waiting;
    live.worst = worst;
    root.dataset.rev = rev;
    root.dataset.good = good;
    if (nodeLostAt === null) greet(instance, serverMillis - nodeStartedAt, version);
    tick();
  }

  /** Says that the connection is back, and whether the node was started anew or updated. */
  function greet(instance, uptime, version) {
    const texts = document.getElementById('caelum-toast')?.dataset;
    if (!texts || !instance) return;
    if (remembered('lost')) {
      const restarted = remembered('instance') && remembered('instance') !== instance;
      const updated = remembered('version') && remembered('version') !== version;
      toast(updated ? fill(texts.updated, version) : restarted ? fill(texts.restarted, span(uptime)) : texts.back);
      sessionStorage.removeItem('caelum.lost');
    }
    remember('instance', instance);
    remember('version', version);
  }

  function tick() {
    const now = performance.now();
    const silent = now - live.beatAt;
    const dashboard = silent > LOST ? 'lost' : silent > LATE ? 'late' : 'ok';
    const nodeLost = live.nodeLostAt !== null && live.offset !== null
      && now - live.offset - live.nodeLostAt > NODE_LOST;
    if (live.beaten || dashboard === 'lost') {
      root.dataset.live = nodeLost ? 'lost' : dashboard;
      root.dataset.node = nodeLost ? 'lost' : 'ok';
      pill(root.dataset.live, silent);
      banner(dashboard === 'lost' ? 'dashboard' : nodeLost ? 'node' : null);
      icon(root.dataset.live === 'lost' ? 'bad' : live.worst);
    }
    document.querySelectorAll('caelum-age').forEach((age) => age.tick());
  }

  /** Tells the worst in the browser's tab, as the title does. */
  function icon(worst) {
    live.icon ??= document.querySelector('link[rel="icon"][href$=".svg"]');
    if (!live.icon || live.icon.dataset.worst === worst) return;
    live.usual ??= live.icon.href;
    live.icon.dataset.worst = worst;
    live.icon.href = ICONS[worst] ?? live.usual;
  }

  function pill(state, silent) {
    const pill = document.getElementById('caelum-pill');
    if (!pill) return;
    const shown = state === 'ok' && live.waiting !== null ? 'paused' : state;
    pill.dataset.state = shown;
    setText(pill.lastElementChild,
      fill(pill.dataset[shown], shown === 'paused' ? live.waiting : span(silent)));
  }

  function banner(what) {
    const banner = document.getElementById('caelum-banner');
    if (!banner) return;
    if (!what) {
      banner.hidden = true;
      live.lostClock = null;
      live.answeredAt = null;
      return;
    }
    remember('lost', '1');
    const lostFor = what === 'node'
      ? performance.now() - live.offset - live.nodeLostAt
      : performance.now() - live.beatAt;
    live.lostClock ??= clock(new Date(Date.now() - lostFor));
    banner.dataset.what = what;
    setText(banner.querySelector('strong'), fill(banner.dataset[what], live.lostClock));
    setText(banner.querySelector('span'), banner.dataset[`${what}More`]);
    banner.hidden = false;
    if (what === 'dashboard') lookForServer();
  }

  let looking = false;

  /** Vaadin reconnects by itself; a page whose session is gone is loaded anew. */
  async function lookForServer() {
    if (looking) return;
    looking = true;
    try {
      const answer = await fetch('icons/caelum.svg', {
        cache: 'no-store', signal: AbortSignal.timeout(2000),
      });
      live.answeredAt = answer.ok ? live.answeredAt ?? performance.now() : null;
    } catch {
      live.answeredAt = null;
    }
    if (live.answeredAt && performance.now() - live.answeredAt > 2500) location.reload();
    setTimeout(() => { looking = false; }, 900);
  }

  /** Works on plain http too, where the clipboard API is missing. */
  function copy(text) {
    const area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.style.cssText = 'position:fixed;inset:0 auto auto 0;opacity:0';
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    focused?.focus({ preventScroll: true });
    return copied;
  }

  function download(name, text) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  const TOOLS = '[data-copy],[data-copy-log],[data-download-log],[data-json-log],[data-copy-text],[data-download-text]';

  document.addEventListener('click', (event) => {
    if (event.target.closest?.('[data-theme-switch]')) {
      nextTheme();
      return;
    }
    const button = event.target.closest?.(TOOLS);
    if (!button) return;
    const texts = document.getElementById('caelum-toast')?.dataset ?? {};
    const log = (id) => document.getElementById(id)?.text() ?? '';
    if (button.dataset.jsonLog) {
      download('caelum-log.jsonl', document.getElementById(button.dataset.jsonLog)?.json() ?? '');
      return;
    }
    if (button.dataset.downloadLog) {
      download('caelum-log.txt', log(button.dataset.downloadLog));
      return;
    }
    const shown = (id) => document.getElementById(id)?.textContent ?? '';
    if (button.dataset.downloadText) {
      download(button.dataset.file, shown(button.dataset.downloadText));
      return;
    }
    const text = button.dataset.copy
      ?? (button.dataset.copyText ? shown(button.dataset.copyText) : log(button.dataset.copyLog));
    toast(copy(text) ? texts.copied : texts.notCopied);
  });

  /** What a key presses: Alt+D the button that names it, Alt+1 to 9 and 0 the views, / and ? by themselves. */
  function target(event) {
    if (event.ctrlKey || event.metaKey) return null;
    if (event.altKey && event.code.startsWith('Key')) {
      return document.querySelector(`[aria-keyshortcuts="Alt+${event.code.slice(3)}"]`);
    }
    if (event.altKey && /^Digit\d$/.test(event.code)) {
      const view = document.querySelectorAll('vaadin-side-nav-item')[(Number(event.code.slice(5)) + 9) % 10];
      return view?.shadowRoot.querySelector('a') ?? null;
    }
    if (event.altKey || kept('keys') === 'off' || writes(event.composedPath()[0])) return null;
    if (event.key === '/') return document.querySelector('#caelum-search input');
    return event.key === '?' ? document.getElementById('caelum-help') : null;
  }

  const writes = (element) => element.isContentEditable
    || element.matches?.('input:not([type=checkbox],[type=radio]), textarea, select');

  document.addEventListener('keydown', (event) => {
    const pressed = target(event);
    if (!pressed?.checkVisibility()) return;
    event.preventDefault();
    if (pressed.matches('input')) pressed.focus();
    else pressed.click();
  });

  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-keys-switch]')) keep('keys', event.target.checked ? '' : 'off');
  });

  /** Gives what the server sent its state of this browser. */
  function dress() {
    const theme = kept('theme') || 'system';
    document.querySelectorAll('[data-theme-switch]').forEach((button) => {
      if (button.dataset.now === theme) return;
      button.dataset.now = theme;
      button.title = button.dataset[theme];
      button.setAttribute('aria-label', button.dataset[theme]);
    });
    document.querySelectorAll('[data-keys-switch]').forEach((box) => {
      if (box.dataset.now) return;
      box.dataset.now = 'yes';
      box.checked = kept('keys') !== 'off';
    });
  }

  /** The theme after this one; told to what draws by itself. */
  function nextTheme() {
    const next = { system: 'light', light: 'dark', dark: 'system' }[kept('theme') || 'system'];
    keep('theme', next === 'system' ? '' : next);
    window.caelumTheme();
    dress();
    document.dispatchEvent(new Event('caelum-theme'));
  }

  /** Whether the page is dark now, by choice or by the system. */
  function dark() {
    const theme = kept('theme');
    return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }
  matchMedia('(prefers-color-scheme: dark)')
    .addEventListener('change', () => document.dispatchEvent(new Event('caelum-theme')));
  new MutationObserver(dress).observe(root, { childList: true, subtree: true });

  customElements.define('caelum-age', Age);
  customElements.define('caelum-time', Time);
  window.caelum = { beat, clock, dark, fill, locale, number, speak, stamp, visit };
  setInterval(tick, 500);
  document.addEventListener('visibilitychange', tick);
})();
