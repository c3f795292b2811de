/*
 * Says so where the browser is too old for the page. Old browsers must understand this file: no
 * syntax here is younger than ES5.
 */
(function () {
  var styles = window.CSS && window.CSS.supports;
  if (window.customElements && styles && window.CSS.supports('color', 'light-dark(#000, #fff)')) return;
  document.addEventListener('DOMContentLoaded', function () {
    document.getElementById('caelum-old').removeAttribute('hidden');
  });
})();
