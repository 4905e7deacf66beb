// The few words that scripts write, in the reader's language; base.html brings them.
const brought = document.getElementById("words");
const all = brought ? JSON.parse(brought.textContent) : {};

/** The sentence of that name, with %(name)s filled in. */
export function say(name, values = {}) {
  return (all[name] ?? name).replace(/%\((\w+)\)s/g, (_, key) => values[key] ?? "");
}
