// The moment of a tap is the phone's, also when there is no network and it is sent an hour later.
document.addEventListener(
  "submit",
  ({ target }) => {
    if (target.matches("form[data-tap]")) target.elements.at.value = new Date().toISOString();
  },
  true,
);
