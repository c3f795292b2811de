/* What was read in the inbox, kept by the browser for all its tabs. */
(() => {
  'use strict';
  const KEY = 'caelum.inbox';

  function kept() {
    try {
      return localStorage.getItem(KEY) ?? '';
    } catch {
      return '';
    }
  }

  /** Tells the bell what was read, now and when another tab reads something. */
  function watch(bell) {
    bell.$server.restored(kept());
    if (bell.watched) return;
    bell.watched = true;
    window.addEventListener('storage', (event) => {
      if (event.key === KEY && bell.isConnected) bell.$server.restored(event.newValue ?? '');
    });
  }

  function keep(text) {
    try {
      localStorage.setItem(KEY, text);
    } catch {
      // a browser that keeps nothing reads all anew
    }
  }

  window.caelumInbox = { watch, keep };
})();
