// How many things are overdue stands in the title and on the icon of the tab; the rail's poll brings the number (tt:overdue).
const icon = document.getElementById("tab-icon");

document.addEventListener("tt:overdue", ({ detail }) => {
  const title = document.title.replace(/^\(\d+\) /, "");
  document.title = detail.n ? `(${detail.n}) ${title}` : title;
  if (icon) icon.href = detail.n ? icon.dataset.over : icon.dataset.calm;
});
