// Command release makes the files of a release from a clean checkout: archives
// for all platforms, checksums, list of materials, licences and changelog. See
// docs/releases.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"github.com/reportedly/reportedly/internal/cli"
	"github.com/reportedly/reportedly/internal/release"
)

func main() {
	out := flag.String("out", "dist", "folder to write to, empty or absent")
	only := flag.String("targets", "", "platforms such as linux/amd64,darwin/arm64 (default all)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *out, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, only string) error {
	targets := release.Targets
	if only != "" {
		targets = nil
		for _, t := range strings.Split(only, ",") {
			system, arch, ok := strings.Cut(t, "/")
			if !ok {
				return fmt.Errorf("release: target %q is not of the form linux/amd64", t)
			}
			targets = append(targets, release.Target{OS: system, Arch: arch})
		}
	}
	return release.Make(ctx, release.Plan{Dir: ".", Out: out, Version: cli.Version, Targets: targets, Tell: os.Stderr})
}
