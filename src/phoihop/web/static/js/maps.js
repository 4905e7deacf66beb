// A map is one stop for Tab; inside it the arrow keys go to the nearest commune that way. Its table is a link beside it.
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const middle = (link) => {
  const box = link.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

/** How far another link lies that way, sideways counting double; Infinity if it lies elsewhere. */
function distance([x, y], [u, v], [dx, dy]) {
  const along = (u - x) * dx + (v - y) * dy;
  const aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
  return along > 1 && aside < along * 2 ? along + 2 * aside : Infinity;
}

document.addEventListener("keydown", (event) => {
  const from = event.target.closest?.(".map a, .walk a");
  const way = WAYS[event.code];
  if (!from || !way || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const here = middle(from);
  const best = [...from.closest(".map, .walk").querySelectorAll("a")]
    .filter((link) => link !== from)
    .map((link) => [distance(here, middle(link), way), link])
    .sort((a, b) => a[0] - b[0])[0];
  if (!best || best[0] === Infinity) return;
  from.setAttribute("tabindex", "-1");
  best[1].setAttribute("tabindex", "0");
  best[1].focus();
});
