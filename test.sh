#!/usr/bin/env bash
# Installs what the tests need (Go modules only) and runs all of them.
# Tests that need data beside the checkout (../shared), python3 or a server
# skip with a plain message where these are absent.
set -euo pipefail
cd "$(dirname "$0")"
go version
go mod download
CGO_ENABLED=0 go build ./...
go test -count=1 "$@" ./...
