package release

import (
	"context"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Module is a module inside a binary, with the licence it comes under.
type Module struct {
	Path, Version string
	Sum           string // h1: sum as in go.sum
	Licence       string // SPDX identifier; several joined by " AND "
	Text          string // of all its licence files
}

// Permissive are the licences that the project takes in, by SPDX identifier.
// MPL-2.0 is there for modules used as they are: it binds their files only.
var Permissive = []string{"Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Unlicense", "MPL-2.0", "CC0-1.0"}

// marks are words that stand in one licence and no other, told apart in this
// order: BSD-3-Clause has all of BSD-2-Clause and one clause more.
var marks = []struct{ spdx, words string }{
	{"AGPL", "gnu affero general public license"},
	{"LGPL", "gnu lesser general public license"},
	{"GPL", "gnu general public license"},
	{"Apache-2.0", "apache license version 2.0"},
	{"MPL-2.0", "mozilla public license version 2.0"},
	{"CC0-1.0", "cc0 1.0 universal"},
	{"Unlicense", "this is free and unencumbered software released into the public domain"},
	{"MIT", "permission is hereby granted free of charge to any person obtaining a copy"},
	{"ISC", "permission to use copy modify and or distribute this software for any purpose with or without fee"},
	{"ISC", "permission to use copy modify and distribute this software for any purpose with or without fee"},
	{"BSD-3-Clause", "may be used to endorse or promote products"},
	{"BSD-2-Clause", "redistributions in binary form must reproduce"},
}

// Classify names the licences that a text grants, in the order of marks, by
// words that stand in no other licence. The MPL names the GPL in its clause on
// secondary licences and grants nothing by it.
func Classify(text string) []string {
	t := " " + plainWords(text) + " "
	mpl := strings.Contains(t, " mozilla public license version 2.0 ")
	var out []string
	for _, m := range marks {
		switch {
		case !strings.Contains(t, " "+m.words+" "), slices.Contains(out, m.spdx):
		case mpl && strings.HasSuffix(m.spdx, "GPL"):
		case m.spdx == "BSD-2-Clause" && slices.Contains(out, "BSD-3-Clause"):
		default:
			out = append(out, m.spdx)
		}
	}
	return out
}

// plainWords folds case, line breaks and punctuation, which vary between copies.
func plainWords(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.')
	})
	for i, w := range words {
		words[i] = strings.Trim(w, ".") // "2.0" keeps its dot, the end of a sentence does not
	}
	return strings.Join(words, " ")
}

// Modules gives the modules inside a binary with their licences, by path. dir
// is a checkout whose module cache holds them. The error names every module
// whose licence is unknown or not permissive.
func Modules(ctx context.Context, dir, binary string) ([]Module, error) {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return nil, fmt.Errorf("release: %s: %w", binary, err)
	}
	dirs, err := moduleDirs(ctx, dir)
	if err != nil {
		return nil, err
	}
	var out []Module
	var bad []error
	for _, d := range info.Deps {
		if d.Replace != nil {
			d = d.Replace
		}
		m := Module{Path: d.Path, Version: d.Version, Sum: d.Sum}
		m.Licence, m.Text, err = licenceOf(dirs[d.Path])
		if err != nil {
			bad = append(bad, fmt.Errorf("release: licence of %s %s: %w", d.Path, d.Version, err))
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Module) int { return strings.Compare(a.Path, b.Path) })
	return out, errors.Join(bad...)
}

// moduleDirs tells where the sources of each module of the build list lie.
func moduleDirs(ctx context.Context, dir string) (map[string]string, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-m", "-json", "all")
	cmd.Dir = dir
	b, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("release: go list -m all: %w", err)
	}
	out := map[string]string{}
	for dec := json.NewDecoder(strings.NewReader(string(b))); ; {
		var m struct{ Path, Dir string }
		if err := dec.Decode(&m); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("release: go list -m all: %w", err)
		}
		out[m.Path] = m.Dir
	}
}

// licenceOf reads the licence files at the top of a module.
func licenceOf(dir string) (spdx, text string, err error) {
	if dir == "" {
		return "", "", errors.New("its sources are not in the module cache")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", "", err
	}
	var ids, texts []string
	for _, e := range entries {
		if e.IsDir() || !isLicenceFile(e.Name()) {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", "", err
		}
		texts = append(texts, strings.TrimSpace(string(b)))
		for _, id := range Classify(string(b)) {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	spdx, text = strings.Join(ids, " AND "), strings.Join(texts, "\n\n")
	if len(ids) == 0 {
		return spdx, text, errors.New("no licence recognised")
	}
	for _, id := range ids {
		if !slices.Contains(Permissive, id) {
			return spdx, text, fmt.Errorf("%s is not among the licences the project takes in", id)
		}
	}
	return spdx, text, nil
}

func isLicenceFile(name string) bool {
	n := strings.ToLower(name)
	for _, p := range []string{"license", "licence", "copying", "unlicense", "notice", "copyright"} {
		if strings.HasPrefix(n, p) && !strings.HasSuffix(n, ".go") {
			return true
		}
	}
	return false
}

// ThirdParty lays out the licences of all modules as one text for an archive.
func ThirdParty(modules []Module) string {
	var b strings.Builder
	b.WriteString("Reportedly contains the following modules, each under its own licence.\n")
	for _, m := range modules {
		fmt.Fprintf(&b, "\n%s\n%s %s (%s)\n\n%s\n", strings.Repeat("=", 78), m.Path, m.Version, m.Licence, m.Text)
	}
	return b.String()
}
