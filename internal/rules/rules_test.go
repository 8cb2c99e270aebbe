package rules

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/reportedly/reportedly/"

// rows are the layers of the house, lowest first. A room may import rooms of
// lower rows and its own children, nothing beside it and nothing above it.
var rows = [][]string{
	{"calendar", "activity", "audit", "config", "demo", "fetch", "webhook"},
	{"party", "story"},
	{"sources"},
	{"names", "prose", "measures", "entities"},
	{"lists", "articles"},
	{"screening"},
	{"mentions", "subjects"},
	{"claims", "echoes"},
	{"cases"},
	{"draw"},
	{"report", "store", "eval"},
	{"pipeline", "telemetry"},
	{"watch", "stream"},
	{"serve"},
	{"cli"},
	{"release"},
}

// pure rooms take values and return values, so that they can be fuzzed, run in
// parallel and repeated on any machine with the same result.
var pure = []string{"calendar", "activity", "party", "story", "sources", "names", "prose", "measures", "screening", "mentions", "claims", "echoes", "cases", "entities", "subjects", "draw"}

// impure are the doors to the outside world.
var impure = []string{"net", "net/http", "os", "os/exec", "database/sql", "log", "log/slog", "math/rand", "math/rand/v2"}

// big lists packages allowed over the size limit, each with its reason.
var big = map[string]string{
	"internal/cli":          "one file a command, each short; commands share only the app",
	"internal/store/tables": "one short file a capability of the store; they share only the connection",
	"internal/mentions":     "one walk from bytes to bearers; the index with its file is the next to become a child",
}

const sizeLimit = 2500

type pkg struct {
	dir     string // relative to the repository
	room    string // first folder below internal, "" outside
	files   []*ast.File
	doc     string
	imports map[string]string // path -> file that imports it
	lines   int
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the working directory")
		}
		dir = up
	}
}

func load(t *testing.T) []*pkg {
	t.Helper()
	top := root(t)
	byDir := map[string]*pkg{}
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") && p != top {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		return addFile(byDir, top, p)
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []*pkg
	for _, p := range byDir {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *pkg) int { return strings.Compare(a.dir, b.dir) })
	return out
}

func addFile(byDir map[string]*pkg, top, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ParseComments)
	if err != nil {
		return err
	}
	dir, _ := filepath.Rel(top, filepath.Dir(file))
	dir = filepath.ToSlash(dir)
	p := byDir[dir]
	if p == nil {
		p = &pkg{dir: dir, room: roomOf(dir), imports: map[string]string{}}
		byDir[dir] = p
	}
	p.files = append(p.files, f)
	p.lines += strings.Count(string(text), "\n")
	if f.Doc != nil && p.doc == "" {
		p.doc = f.Doc.Text()
	}
	for _, i := range f.Imports {
		v, _ := strconv.Unquote(i.Path.Value)
		p.imports[v] = path.Base(file)
	}
	return nil
}

func roomOf(dir string) string {
	rest, ok := strings.CutPrefix(dir, "internal/")
	if !ok {
		return ""
	}
	r, _, _ := strings.Cut(rest, "/")
	return r
}

func rowOf(room string) int {
	for i, r := range rows {
		if slices.Contains(r, room) {
			return i
		}
	}
	return -1
}

// Data flows one way: lists and articles -> mentions -> claims -> cases ->
// store, report, serve. An import that runs back up would let a later room
// change what an earlier one sees.
func TestImportsRunDown(t *testing.T) {
	for _, p := range load(t) {
		if p.room == "" || p.room == "rules" {
			continue
		}
		own := rowOf(p.room)
		if own < 0 {
			t.Errorf("%s: room %q has no row in rules_test.go", p.dir, p.room)
			continue
		}
		for imp, file := range p.imports {
			target, ok := strings.CutPrefix(imp, module+"internal/")
			if !ok {
				continue
			}
			room, _, _ := strings.Cut(target, "/")
			switch {
			case room == p.room && childImportOK(p.dir, "internal/"+target):
			case room != p.room && rowOf(room) >= 0 && rowOf(room) < own:
			default:
				t.Errorf("%s/%s imports %s: a room imports lower rows and its own children only", p.dir, file, imp)
			}
		}
	}
}

// childImportOK allows a parent its children, and a child its parent's
// vocabulary or a brother, as long as Go itself finds no cycle.
func childImportOK(dir, target string) bool { return dir != target }

func TestMiddleIsPure(t *testing.T) {
	for _, p := range load(t) {
		if !slices.Contains(pure, p.room) {
			continue
		}
		for imp, file := range p.imports {
			if slices.Contains(impure, imp) {
				t.Errorf("%s/%s imports %s: the room takes values and returns values", p.dir, file, imp)
			}
		}
		for _, f := range p.files {
			ast.Inspect(f, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Now" {
					if id, ok := sel.X.(*ast.Ident); ok && id.Name == "time" {
						t.Errorf("%s calls time.Now: time is a parameter here", p.dir)
					}
				}
				if _, ok := n.(*ast.GoStmt); ok {
					t.Errorf("%s starts a goroutine: only pipeline and serve own any", p.dir)
				}
				return true
			})
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, p := range load(t) {
		if len(strings.Fields(p.doc)) < 8 {
			t.Errorf("%s: package comment is missing or says nothing", p.dir)
		}
		if p.room != "" {
			if _, err := os.Stat(filepath.Join(root(t), p.dir, "doc.go")); err != nil {
				t.Errorf("%s: no doc.go", p.dir)
			}
		}
	}
}

var grabBags = []string{"util", "utils", "common", "helpers", "helper", "misc", "shared", "base", "lib", "manager", "models", "service"}

func TestPackagesAreRooms(t *testing.T) {
	for _, p := range load(t) {
		if slices.Contains(grabBags, path.Base(p.dir)) {
			t.Errorf("%s: a package is a noun of the field", p.dir)
		}
		if p.lines > sizeLimit && big[p.dir] == "" {
			t.Errorf("%s: %d lines, more than %d without a reason in rules_test.go", p.dir, p.lines, sizeLimit)
		}
	}
}

// Only cli prints. A print left in a room would end up in somebody's pipe.
func TestOnlyCLIPrints(t *testing.T) {
	for _, p := range load(t) {
		if p.room == "" || p.room == "cli" {
			continue
		}
		for _, f := range p.files {
			ast.Inspect(f, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok {
					if id, ok := sel.X.(*ast.Ident); ok && id.Name == "fmt" && slices.Contains([]string{"Print", "Printf", "Println"}, sel.Sel.Name) {
						t.Errorf("%s: fmt.%s prints", p.dir, sel.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

// The dependency table of ARCHITECTURE.md is a budget: each direct dependency
// stands there with what it does and its licence.
func TestDependenciesAreAccountedFor(t *testing.T) {
	mod := readFile(t, "go.mod")
	arch := readFile(t, "ARCHITECTURE.md")
	for _, l := range strings.Split(mod, "\n") {
		f := strings.Fields(strings.TrimPrefix(strings.TrimSpace(l), "require "))
		if len(f) < 2 || strings.Contains(l, "// indirect") || !strings.Contains(f[0], ".") || !strings.HasPrefix(f[1], "v") {
			continue
		}
		if !strings.Contains(arch, f[0]) {
			t.Errorf("go.mod needs %s, which ARCHITECTURE.md does not account for", f[0])
		}
	}
}

var identifier = regexp.MustCompile("`([a-z]+(?:/[a-z]+)*)\\.([A-Z][A-Za-z]+)(?:\\.([A-Z][A-Za-z]+))?`")

// The walk in ARCHITECTURE.md names packages and functions; each must exist.
func TestArchitectureNamesWhatExists(t *testing.T) {
	byDir := map[string]*pkg{}
	for _, p := range load(t) {
		byDir[p.dir] = p
	}
	n := 0
	for _, m := range identifier.FindAllStringSubmatch(readFile(t, "ARCHITECTURE.md"), -1) {
		n++
		p := byDir["internal/"+m[1]]
		if p == nil {
			t.Errorf("ARCHITECTURE.md names %s: no package internal/%s", m[0], m[1])
			continue
		}
		if !declares(p, m[2]) || (m[3] != "" && !declares(p, m[3])) {
			t.Errorf("ARCHITECTURE.md names %s, which internal/%s does not declare", m[0], m[1])
		}
	}
	if n < 10 {
		t.Errorf("ARCHITECTURE.md names %d identifiers: the walk is missing", n)
	}
}

func declares(p *pkg, name string) bool {
	for _, f := range p.files {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.Name == name {
					return true
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if ts, ok := s.(*ast.TypeSpec); ok && ts.Name.Name == name {
						return true
					}
				}
			}
		}
	}
	return false
}

// Paths of a developer's machine must not reach the repository.
func TestNoMachinePaths(t *testing.T) {
	top := root(t)
	bad := regexp.MustCompile(`/(work|home|root)/[a-z]`)
	err := filepath.WalkDir(top, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == ".git" || d.Name() == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		switch filepath.Ext(p) {
		case ".go", ".md", ".sh", ".toml":
		default:
			return nil
		}
		if strings.HasSuffix(p, "rules_test.go") {
			return nil
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if m := bad.Find(b); m != nil {
			rel, _ := filepath.Rel(top, p)
			t.Errorf("%s holds the path %s... of a machine", rel, m)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root(t), name))
	if err != nil {
		t.Fatal(fmt.Errorf("rules: %w", err))
	}
	return string(b)
}
