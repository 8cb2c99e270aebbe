package release

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// File is one file of an archive: its name there and its bytes.
type File struct {
	Name string
	Body []byte
	Exec bool
}

// Archive writes files to out, as zip where its name ends so, else as tar.gz.
// All files bear the time at, so that the same files give the same archive.
func Archive(out string, files []File, at time.Time) (err error) {
	f, err := os.Create(out)
	if err != nil {
		return fmt.Errorf("release: archive: %w", err)
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("release: archive %s: %w", out, cerr)
		}
	}()
	write := writeTar
	if strings.HasSuffix(out, ".zip") {
		write = writeZip
	}
	if err := write(f, files, at); err != nil {
		return fmt.Errorf("release: archive %s: %w", out, err)
	}
	return nil
}

func mode(f File) int64 {
	if f.Exec {
		return 0o755
	}
	return 0o644
}

func writeTar(w io.Writer, files []File, at time.Time) error {
	z := gzip.NewWriter(w) // its header bears no name and no time unless asked to
	t := tar.NewWriter(z)
	for _, f := range files {
		h := &tar.Header{Name: f.Name, Mode: mode(f), Size: int64(len(f.Body)), ModTime: at, Format: tar.FormatPAX}
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		if _, err := t.Write(f.Body); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return z.Close()
}

func writeZip(w io.Writer, files []File, at time.Time) error {
	z := zip.NewWriter(w)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: at}
		h.SetMode(os.FileMode(mode(f)))
		e, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := e.Write(f.Body); err != nil {
			return err
		}
	}
	return z.Close()
}

// Checksums gives the lines of SHA256SUMS for the files of dir, by name, in the
// form that `sha256sum -c` reads.
func Checksums(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", fmt.Errorf("release: checksums: %w", err)
	}
	var lines []string
	for _, e := range entries {
		if e.IsDir() || e.Name() == sumsName {
			continue
		}
		sum, err := sha256File(filepath.Join(dir, e.Name()))
		if err != nil {
			return "", fmt.Errorf("release: checksums: %w", err)
		}
		lines = append(lines, sum+"  "+e.Name()+"\n")
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[66:], b[66:]) })
	return strings.Join(lines, ""), nil
}

const sumsName = "SHA256SUMS"

func sha256File(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
