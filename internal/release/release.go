package release

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Plan says what to release, from where, to where.
type Plan struct {
	Dir     string // a clean checkout
	Out     string // an empty or absent folder
	Version string
	Targets []Target
	Tell    io.Writer // one line a step
}

// Make carries out a plan. After an error the folder holds no checksums and so
// is no release.
func Make(ctx context.Context, p Plan) error {
	commit, err := CleanCommit(ctx, p.Dir)
	if err != nil {
		return err
	}
	if err := emptyFolder(p.Out); err != nil {
		return err
	}
	log, err := Changelog(filepath.Join(p.Dir, "changes"), p.Version, commit.Time)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "reportedly-release-")
	if err != nil {
		return fmt.Errorf("release: %w", err)
	}
	defer os.RemoveAll(tmp)
	for i, t := range p.Targets {
		if err := p.target(ctx, t, tmp, commit, i == 0); err != nil {
			return err
		}
	}
	if err := write(filepath.Join(p.Out, "CHANGELOG.md"), []byte(log)); err != nil {
		return err
	}
	sums, err := Checksums(p.Out)
	if err != nil {
		return err
	}
	fmt.Fprint(p.Tell, sums)
	return write(filepath.Join(p.Out, sumsName), []byte(sums))
}

// target builds one platform. The list of materials is written with the first:
// it is the same for all, but for modules that only one system needs.
func (p Plan) target(ctx context.Context, t Target, tmp string, commit Commit, first bool) error {
	bin := filepath.Join(tmp, t.OS+"-"+t.Arch+"-"+binaryName(t))
	fmt.Fprintf(p.Tell, "building %s\n", t)
	if err := Build(ctx, p.Dir, "./cmd/reportedly", t, bin); err != nil {
		return err
	}
	modules, err := Modules(ctx, p.Dir, bin)
	if err != nil {
		return err
	}
	files, err := p.contents(bin, t, modules)
	if err != nil {
		return err
	}
	if err := Archive(filepath.Join(p.Out, archiveName(p.Version, t)), files, commit.Time); err != nil {
		return err
	}
	if !first {
		return nil
	}
	bom, err := Materials(p.Version, modules, commit.Time)
	if err != nil {
		return err
	}
	return write(filepath.Join(p.Out, fmt.Sprintf("reportedly_%s.cdx.json", p.Version)), bom)
}

func (p Plan) contents(bin string, t Target, modules []Module) ([]File, error) {
	body, err := os.ReadFile(bin)
	if err != nil {
		return nil, fmt.Errorf("release: %w", err)
	}
	files := []File{{Name: binaryName(t), Body: body, Exec: true}}
	for _, name := range []string{"README.md", "LICENSE"} {
		b, err := os.ReadFile(filepath.Join(p.Dir, name))
		if err != nil {
			return nil, fmt.Errorf("release: %w", err)
		}
		files = append(files, File{Name: name, Body: b})
	}
	return append(files, File{Name: "THIRD-PARTY.txt", Body: []byte(ThirdParty(modules))}), nil
}

func emptyFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("release: %w", err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("release: %s is not empty", dir)
	}
	return nil
}

func write(name string, body []byte) error {
	if err := os.WriteFile(name, body, 0o644); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	return nil
}
