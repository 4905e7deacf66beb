// What modules of single pages and those of every page have in common. Served as one file (web/static_files.py): import from here, not from its parts.
export { say } from "./words.js";
export { toast } from "./toasts.js";
export { forget } from "./guard.js";
export { draftOf, dropDraft, restore } from "./drafts.js";
