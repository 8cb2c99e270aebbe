package api

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/serve/auth"
)

// Schemathesis makes requests out of the document and holds the answers
// against it. It comes from PyPI into a folder of its own, takes minutes, and
// runs where REPORTEDLY_E2E is set.
func TestSchemathesis(t *testing.T) {
	if os.Getenv("REPORTEDLY_E2E") == "" {
		t.Skip("REPORTEDLY_E2E is not set")
	}
	bin, err := exec.LookPath("schemathesis")
	if err != nil {
		dir := t.TempDir()
		for _, c := range [][]string{{"python3", "-m", "venv", dir}, {filepath.Join(dir, "bin", "pip"), "-q", "install", "schemathesis"}} {
			if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
				t.Skipf("schemathesis cannot be had here: %v %s", err, out)
			}
		}
		bin = filepath.Join(dir, "bin", "schemathesis")
	}
	h := open(t)
	h.loadLists()
	h.loadArticles()
	s := httptest.NewServer(h.server)
	defer s.Close()
	// Articles are posted as lines, which schemathesis cannot make.
	cmd := exec.Command(bin, "run", s.URL+Prefix+"/openapi.json", "--url", s.URL, "-H", "Authorization: Bearer "+h.keys[auth.Administrator],
		"--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance", "--max-examples", "20", "--exclude-operation-id", "post-articles", "--no-color")
	out, err := cmd.CombinedOutput()
	if i := strings.LastIndex(string(out), "= SUMMARY ="); i >= 0 {
		t.Log(string(out[i:]))
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
