# SPDX-License-Identifier: GPL-3.0-or-later
# Short commands; the work is in scripts/. `make help` lists them.

prefix ?= /usr/local
DESTDIR ?=

.DEFAULT_GOAL := build
.PHONY: build run test lint map analyze sanitize fuzz soak bench coverage screenshots install dist clean help

build: ## compile into build/
	@scripts/build.sh

run: ## try the program: demonstration hospital, server on loopback, client
	@scripts/run.sh

test: ## every suite, on both databases
	@scripts/test.sh $(SUITES)

lint: ## layers, style, formats; all blocking
	@scripts/lint.sh

map: build ## who calls whom, drawn from the build: build/map.svg, build/map.txt
	@python3 scripts/map.py build

analyze: ## slower checks of the C code: gcc -fanalyzer and clang-tidy
	@scripts/analyze.sh

sanitize: ## the suites under AddressSanitizer and UBSan
	@scripts/sanitize.sh $(SUITES)

fuzz: ## ten minutes of libFuzzer over what is read from outside (clang)
	@scripts/fuzz.sh

soak: ## long random runs: storms and kills, on both databases
	@scripts/soak.sh

bench: ## speed and memory, beside this machine's own yardsticks
	@scripts/bench.sh

coverage: ## which lines the suites reach
	@scripts/coverage.sh

screenshots: ## docs/screenshots/*.png, taken from the program
	@scripts/screenshots.sh

install: ## install into $(DESTDIR)$(prefix)
	@DESTDIR='$(DESTDIR)' PREFIX='$(prefix)' scripts/install.sh

dist: ## a release's archive; refuses what is unfinished
	@scripts/dist.sh

clean: ## remove what was built
	@rm -rf build build-asan build-fuzz build-coverage build-release build-bench build-analyze coverage

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 22
