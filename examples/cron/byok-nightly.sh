#!/bin/sh
# Every night from cron: silent when all is well; otherwise prints how the run ended, which cron mails.
#
# Needs: Node.js 22.19 or newer, flock, and a folder of its own with this script, byok-conformance (npm i byok-conformance) and a file
# .env that only its owner may read (chmod 600 .env) with OPENROUTER_API_KEY=..., OPENROUTER_MANAGEMENT_KEY=... and IONET_API_KEY=...,
# without the latter two of which the run ends incomplete. The file crontab beside it has the line that starts it.
# Try it first without any key: BYOK_TARGET=replay ./byok-nightly.sh; echo $?
set -eu
cd "$(dirname "$0")"

# One at a time: two live runs in one account would share its limits.
exec 9>.lock
if ! flock -n 9; then
  echo "The run before this one is still under way."
  exit 3
fi

folder=reports/$(date -u +%Y%m%d-%H%M%S)
mkdir -p reports
code=0
npx byok run --target "${BYOK_TARGET:-live}" --profile "${BYOK_PROFILE:-nightly}" --max-cost 0.50 \
  --report-dir "$folder" --history reports/history.ndjson >"$folder.txt" 2>"$folder.log" || code=$?

if [ "$code" != 0 ]; then
  # How the run ended; or, of one that could not begin, why.
  if [ -s "$folder.txt" ]; then cat "$folder.txt"; else tail -n 5 "$folder.log"; fi
  echo "byok ended with $code. Its reports: $PWD/$folder"
fi

# The history keeps the figures; the reports of a month are enough.
find reports -mindepth 1 -maxdepth 1 ! -name history.ndjson -mtime +30 -exec rm -rf {} +
exit "$code"
