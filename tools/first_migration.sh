#!/bin/sh
# Before the first release there is one migration per app: make it anew from the models as they are. If that fails, the old ones stay.
set -eu
cd "$(dirname "$0")/.."
kept=$(mktemp -d)
restore() { for file in "$kept"/*; do cp "$file" "$(basename "$file" | tr + /)"; done; rm -rf "$kept"; exit 1; }
for file in src/phoihop/*/migrations/0001_first.py; do mv "$file" "$kept/$(echo "$file" | tr / +)"; done
.venv/bin/python manage.py makemigrations -n first --verbosity 0 || restore
.venv/bin/python tools/fold_migration.py || restore
.venv/bin/ruff format --quiet src/phoihop/*/migrations/0001_first.py
# A migration in which only the day of its making is new stays as it was.
for file in "$kept"/*; do
    path=$(basename "$file" | tr + /)
    if [ "$(sed 1d "$file")" = "$(sed 1d "$path")" ]; then cp "$file" "$path"; fi
done
rm -rf "$kept"
ls src/phoihop/*/migrations/0001_first.py
