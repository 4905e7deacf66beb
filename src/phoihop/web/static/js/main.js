// What every page runs. Each module minds one subject, finds its own elements, and does nothing where there are none.
// Served as one file (web/static_files.py); what other modules need of it too is in shared.js.
import "./shared.js";
import "./htmx-ways.js";
import "./menus.js";
import "./dialogs.js";
import "./palette.js";
import "./keys.js";
import "./copy.js";
import "./print.js";
import "./times.js";
import "./poll.js";
import "./badges.js";
import "./steppers.js";
import "./days.js";
import "./maps.js";
import "./offline.js";

// Only where something waits or may have to: the outbox opens the browser's own database.
if (document.querySelector("form[data-outbox]") || Number(localStorage.getItem("phoihop.outbox"))) import("./outbox.js");
