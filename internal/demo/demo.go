package demo

import (
	"embed"
	"fmt"
	"os"
	"path/filepath"
)

//go:embed data/starter.xml data/invented.ftm.json data/articles.jsonl data/README.md
var data embed.FS

// Files names what was laid out.
type Files struct {
	Lists    []string
	Articles string
}

// Lay writes the material into dir, or into a new temporary folder where dir
// is empty, and gives the folder's name.
func Lay(dir string) (string, Files, error) {
	var err error
	if dir == "" {
		dir, err = os.MkdirTemp("", "reportedly-demo-")
	} else {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return "", Files{}, fmt.Errorf("demo: %w", err)
	}
	for _, name := range []string{"starter.xml", "invented.ftm.json", "articles.jsonl", "README.md"} {
		b, err := data.ReadFile("data/" + name)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o600)
		}
		if err != nil {
			return "", Files{}, fmt.Errorf("demo: %w", err)
		}
	}
	return dir, Files{Lists: []string{filepath.Join(dir, "starter.xml"), filepath.Join(dir, "invented.ftm.json")}, Articles: filepath.Join(dir, "articles.jsonl")}, nil
}
