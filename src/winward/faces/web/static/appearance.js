// Runs before the page is drawn, so that a chosen appearance doesn't flash.
(() => {
  const chosen = localStorage.getItem("appearance");
  if (chosen) document.documentElement.dataset.appearance = chosen;
})();
