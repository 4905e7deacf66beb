// <button data-dialog="id"> opens a <dialog>; data-close-dialog or a click on its backdrop closes it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) return showDialog(opener.dataset.dialog, event);
  if (event.target.closest("[data-close-dialog]") || event.target.matches("dialog")) event.target.closest("dialog")?.close();
});

/** Open by id; the browser gives focus back to the opener when it closes. */
export function showDialog(id, event) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  event?.preventDefault();
  dialog.showModal();
}
