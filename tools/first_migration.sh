#!/bin/sh
# Before the first release there is one migration per app: make it anew from the models as they are.
set -eu
cd "$(dirname "$0")/.."
rm -f src/phoihop/*/migrations/0001_first.py
.venv/bin/python manage.py makemigrations -n first --verbosity 0
ls src/phoihop/*/migrations/0001_first.py
