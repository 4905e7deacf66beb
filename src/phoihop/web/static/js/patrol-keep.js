// Pages that will be needed where there is no network are fetched while there is one: <a href="…/ket-qua/" data-keep>.
const MOST = 12;

async function keep() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext || navigator.connection?.saveData) return;
  const { active } = await navigator.serviceWorker.ready;
  const pages = new Set([...document.querySelectorAll("a[data-keep]")].map((link) => link.href));
  for (const url of [...pages].slice(0, MOST)) active?.postMessage({ kind: "keep", url });
}

keep();
