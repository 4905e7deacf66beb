// Deadlines and "18 phút trước" are written anew each minute, in the words of web/moments.py.
import { say } from "./shared.js";

const MINUTE = 60_000,
  HOUR = 60 * MINUTE,
  DAY = 24 * HOUR,
  SOON = 3 * HOUR;

function span(length) {
  if (length < HOUR) return say("minutes", { n: Math.max(1, Math.floor(length / MINUTE)) });
  if (length < DAY) return say("hours", { n: Math.floor(length / HOUR) });
  return say("days", { n: Math.floor(length / DAY) });
}

/** What changes without the server: minutes and hours. "hôm nay 22:00" and dates stay until they come near. */
function writeDue(element, now) {
  const left = Date.parse(element.dateTime) - now;
  const over = left < 0;
  element.classList.toggle("over", over);
  element.classList.toggle("soon", !over && left < SOON);
  element.classList.toggle("later", !over && left >= SOON);
  const words = element.querySelector("span");
  if (over) words.textContent = say("over", { span: span(-left) });
  else if (left < HOUR) words.textContent = say("left", { span: span(left) });
}

function writeAgo(element, now) {
  const since = now - Date.parse(element.dateTime);
  if (since >= MINUTE && since < 7 * DAY) element.textContent = say("ago", { span: span(since) });
}

function writeAll() {
  const now = Date.now();
  for (const element of document.querySelectorAll("time[data-due]")) writeDue(element, now);
  for (const element of document.querySelectorAll("time[data-ago]")) writeAgo(element, now);
}

setInterval(() => document.hidden || writeAll(), MINUTE);
document.addEventListener("visibilitychange", () => document.hidden || writeAll());
