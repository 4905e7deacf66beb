// The situation sentence is a live region: it is swapped, and so read out, only when it says something else than before.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (target?.id === "situation" && target.textContent.trim() === fragment.textContent.trim()) event.detail.shouldSwap = false;
});
