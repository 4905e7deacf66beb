// <input type="file" data-most-bytes="20971520" data-too-big="…">: a file that is too large is refused at its field, before it travels.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("input[type=file][data-most-bytes]")) return;
  const large = [...target.files].some((file) => file.size > Number(target.dataset.mostBytes));
  target.setCustomValidity(large ? target.dataset.tooBig : "");
  if (large) target.reportValidity();
});
