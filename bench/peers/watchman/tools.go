//go:build tools

// What the build list of go.mod must reach besides main.go.
package main

import _ "github.com/moov-io/watchman/cmd/server"
