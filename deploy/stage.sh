#!/usr/bin/env bash
# Run one stage of a long job and say what it is and how long it took:
#   deploy/stage.sh "name" command…
set -euo pipefail
name=$1
shift
began=$(date +%s)
echo "== $name"
if "$@"; then
    echo "== $name：完成（$(($(date +%s) - began)) 秒）"
else
    code=$?
    echo "== $name：失败（$(($(date +%s) - began)) 秒）" >&2
    exit "$code"
fi
