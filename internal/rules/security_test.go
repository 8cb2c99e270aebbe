package rules

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var namedTest = regexp.MustCompile("`(?:([a-z/]+): )?([A-Za-z]+|[a-z_]+\\.txtar)`")

// Every line of the table of threats names at least one test, and every test
// that docs/security.md names is there.
func TestThreatsNameTheirTests(t *testing.T) {
	top := root(t)
	tests := map[string]bool{} // "package: TestName", also of scripts and of the store's suite
	err := filepath.WalkDir(filepath.Join(top, "internal"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		pkg := path.Base(filepath.ToSlash(filepath.Dir(p)))
		switch {
		case strings.HasSuffix(p, ".txtar"):
			tests["cli: "+path.Base(filepath.ToSlash(p))] = true
		case strings.HasSuffix(p, "_test.go") || pkg == "storetest":
			b, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			for _, m := range regexp.MustCompile(`func (?:[Tt]est|Fuzz)(\w+)\(`).FindAllSubmatch(b, -1) {
				tests[pkg+": Test"+string(m[1])], tests[pkg+": Fuzz"+string(m[1])], tests[pkg+": "+string(m[1])] = true, true, true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(top, "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, l := range strings.Split(string(b), "\n") {
		cells := strings.Split(strings.Trim(l, "|"), "|")
		if !strings.HasPrefix(l, "|") || len(cells) != 3 || strings.HasPrefix(cells[0], "---") || strings.Contains(cells[0], "threat") {
			continue
		}
		rows++
		named := namedTest.FindAllStringSubmatch(cells[2], -1)
		if len(named) == 0 {
			t.Errorf("no test is named against:%s", cells[0])
		}
		pkg := ""
		for _, n := range named {
			if n[1] != "" {
				pkg = path.Base(n[1])
			}
			if !tests[pkg+": "+n[2]] {
				t.Errorf("%s: %s is named against%sbut is not there", pkg, n[2], cells[0])
			}
		}
	}
	if rows < 20 {
		t.Errorf("only %d threats are found in docs/security.md", rows)
	}
}
