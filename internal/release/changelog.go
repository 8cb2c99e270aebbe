package release

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// kinds of change notes, in the order of a changelog.
var kinds = []string{"Added", "Changed", "Fixed", "Security"}

// Changelog puts the notes of dir (one file a change, first line "Kind: what")
// together as the section of a version. A note of another form is refused.
func Changelog(dir, version string, at time.Time) (string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		return "", fmt.Errorf("release: changelog: %w", err)
	}
	slices.Sort(files)
	byKind := map[string][]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return "", fmt.Errorf("release: changelog: %w", err)
		}
		head, body, _ := strings.Cut(strings.TrimSpace(string(b)), "\n")
		kind, what, ok := strings.Cut(head, ":")
		if !ok || !slices.Contains(kinds, kind) || strings.TrimSpace(what) == "" {
			return "", fmt.Errorf("release: changelog: %s: the first line is %q, not one of %s with a colon and what it is", filepath.Base(f), head, strings.Join(kinds, ", "))
		}
		byKind[kind] = append(byKind[kind], note(what, body))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Reportedly %s, %s\n", version, at.Format("2 January 2006"))
	for _, k := range kinds {
		if len(byKind[k]) > 0 {
			fmt.Fprintf(&b, "\n## %s\n\n%s", k, strings.Join(byKind[k], ""))
		}
	}
	return b.String(), nil
}

func note(what, body string) string {
	out := "- " + strings.TrimSpace(what) + "\n"
	if body = strings.TrimSpace(body); body != "" {
		out += "\n  " + strings.ReplaceAll(body, "\n", "\n  ") + "\n\n"
	}
	return out
}
