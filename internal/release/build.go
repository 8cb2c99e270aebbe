package release

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Target is a platform that a release is built for.
type Target struct{ OS, Arch string }

func (t Target) String() string { return t.OS + "/" + t.Arch }

// Targets are the platforms of every release.
var Targets = []Target{
	{"linux", "amd64"}, {"linux", "arm64"},
	{"darwin", "amd64"}, {"darwin", "arm64"},
	{"windows", "amd64"}, {"windows", "arm64"},
}

// Flags make a build independent of the folder, the machine and the state of
// git: no paths (-trimpath), no revision (-buildvcs=false), no build id, which
// would hash both, and no symbols.
var Flags = []string{"-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid="}

// Build compiles pkg of the module in dir for t and writes the binary to out.
func Build(ctx context.Context, dir, pkg string, t Target, out string) error {
	args := append([]string{"build", "-o", out}, Flags...)
	cmd := exec.CommandContext(ctx, "go", append(args, pkg)...)
	cmd.Dir = dir
	// GOAMD64 and GOARM64 are fixed: a developer's own setting would give another
	// binary for the same commit.
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.OS, "GOARCH="+t.Arch, "GOAMD64=v1", "GOARM64=v8.0", "GOFLAGS=-mod=readonly", "GOEXPERIMENT=")
	if b, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("release: build %s for %s: %w\n%s", pkg, t, err, b)
	}
	return nil
}

// Commit is what a release is made from.
type Commit struct {
	Hash string
	Time time.Time
}

// CleanCommit gives the commit that dir stands at. A checkout with changes that
// are not committed is refused: nobody could make that release again.
func CleanCommit(ctx context.Context, dir string) (Commit, error) {
	status, err := git(ctx, dir, "status", "--porcelain")
	if err != nil {
		return Commit{}, err
	}
	if status != "" {
		first, _, _ := strings.Cut(status, "\n")
		return Commit{}, fmt.Errorf("release: %s has changes that are not committed (%s ...)", dir, strings.TrimSpace(first))
	}
	line, err := git(ctx, dir, "log", "-1", "--format=%H %ct")
	if err != nil {
		return Commit{}, err
	}
	hash, at, _ := strings.Cut(line, " ")
	sec, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return Commit{}, fmt.Errorf("release: time of commit %q: %w", line, err)
	}
	return Commit{Hash: hash, Time: time.Unix(sec, 0).UTC()}, nil
}

func git(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("release: git %s: %w: %s", args[0], err, errs.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// binaryName is the name of the program inside an archive.
func binaryName(t Target) string {
	if t.OS == "windows" {
		return "reportedly.exe"
	}
	return "reportedly"
}

// archiveName is the name of the archive of a version for a platform.
func archiveName(version string, t Target) string {
	ext := ".tar.gz"
	if t.OS == "windows" {
		ext = ".zip"
	}
	return filepath.Base(fmt.Sprintf("reportedly_%s_%s_%s%s", version, t.OS, t.Arch, ext))
}
