# make run   set everything up (nothing twice) and start the assistant
# make test  set everything up and run every test
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup run test unit check clean

ZHIDA := .venv/bin/zhida
PYTEST := .venv/bin/python -m pytest
# Two at a time, as a small machine has cores: tests wait for services more than they compute.
TWO := -n 2 --dist loadgroup

help:
	@sed -n 's/^# //p' Makefile

setup:
	@deploy/setup.sh

run: setup
	@exec $(ZHIDA) up

test: setup
	@deploy/stage.sh "检查代码" $(MAKE) --no-print-directory check
	@deploy/stage.sh "单元测试" $(PYTEST) -q $(TWO) tests/unit
	@deploy/stage.sh "动作、数据库与渠道测试" $(PYTEST) -q $(TWO) tests/chat tests/database tests/channels
	@deploy/stage.sh "对话与浏览器测试" $(PYTEST) -q $(TWO) tests/dialogue tests/browser
	@deploy/stage.sh "故障恢复测试" $(PYTEST) -q $(TWO) tests/resilience/test_kill.py tests/resilience/test_hang.py tests/resilience/test_full_disk.py tests/resilience/test_document_bombs.py tests/resilience/test_channels.py
	@deploy/stage.sh "预约风暴测试" $(PYTEST) -q tests/resilience/test_windows_storm.py

# unit   the inner loop: seconds, no services
unit:
	@$(PYTEST) -q $(TWO) tests/unit

# check  style, types and import rules
check:
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache

# clean  remove what was made here: data, models, logs (environments stay)
clean:
	rm -rf var artifacts .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
