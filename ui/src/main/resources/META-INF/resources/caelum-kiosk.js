/*
 * The wall view: keeps the screen awake while it is shown, wears the theme that its address names,
 * and fills the screen when told to. What a browser does not allow is left undone, without a word.
 */
(() => {
  'use strict';
  class Kiosk extends HTMLElement {
    connectedCallback() {
      const theme = new URLSearchParams(location.search).get('theme');
      if (theme === 'dark' || theme === 'light') {
        document.documentElement.setAttribute('theme', theme);
        document.documentElement.style.colorScheme = theme;
      }
      this.wake = async () => {
        if (document.visibilityState !== 'visible' || this.lock?.released === false) return;
        try { this.lock = await navigator.wakeLock?.request('screen'); } catch { /* not allowed */ }
        if (!this.isConnected) this.lock?.release();
      };
      document.addEventListener('visibilitychange', this.wake);
      this.wake();
    }

    disconnectedCallback() {
      document.removeEventListener('visibilitychange', this.wake);
      this.lock?.release();
      window.caelumTheme();
      if (document.fullscreenElement) document.exitFullscreen();
    }
  }

  document.addEventListener('click', async (event) => {
    if (!event.target.closest?.('[data-fullscreen]')) return;
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen?.();
    } catch { /* not allowed */ }
  });

  customElements.define('caelum-kiosk', Kiosk);
})();
