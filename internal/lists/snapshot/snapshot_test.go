package snapshot

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func gz(t testing.TB, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zst(t testing.TB, body []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(body, nil)
}

func zipped(t testing.TB, name string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarred(t testing.TB, members ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i, m := range members {
		if err := w.WriteHeader(&tar.Header{Name: fmt.Sprint("m", i, ".txt"), Typeflag: tar.TypeReg, Mode: 0o600, Size: int64(len(m))}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, m); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// walk gives "name=content" of each file and the text of each error.
func walk(inputs []Input, limits Limits) string {
	var out []string
	for f, err := range Files(context.Background(), inputs, limits) {
		if err != nil {
			out = append(out, "refused: "+err.Error())
			continue
		}
		r, err := f.Open()
		if err != nil {
			out = append(out, "open: "+err.Error())
			continue
		}
		body, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			out = append(out, f.Name+" breaks: "+err.Error())
			continue
		}
		out = append(out, f.Name+"="+string(body))
	}
	return strings.Join(out, "\n")
}

func TestFiles(t *testing.T) {
	long := []byte(strings.Repeat("a list ", 4000))
	small := Limits{File: 10_000, Archive: 10_000, Members: 2, Ratio: 50, RatioFrom: 1000}
	for name, c := range map[string]struct {
		body   []byte
		limits Limits
		want   string
	}{
		"plain":         {[]byte("x"), DefaultLimits(), "in=x"},
		"gzip":          {gz(t, []byte("x")), DefaultLimits(), "in=x"},
		"zstd":          {zst(t, []byte("x")), DefaultLimits(), "in=x"},
		"zip":           {zipped(t, "m.xml", []byte("x")), DefaultLimits(), "in!m.xml=x"},
		"tar":           {tarred(t, "one", "two"), DefaultLimits(), "in!m0.txt=one\nin!m1.txt=two"},
		"tar.zst":       {zst(t, tarred(t, "one")), DefaultLimits(), "in!m0.txt=one"},
		"empty":         {nil, DefaultLimits(), "refused: in: refused: the file is empty"},
		"cut gzip":      {gz(t, long)[:60], DefaultLimits(), "gzip data is cut off"},
		"damaged gzip":  {append(gz(t, long)[:len(gz(t, long))-8], 1, 2, 3, 4, 5, 6, 7, 8), DefaultLimits(), "gzip data is damaged"},
		"cut zip":       {zipped(t, "m", long)[:80], DefaultLimits(), "refused: in: refused: zip:"},
		"too long":      {long, small, "possible bomb"},
		"gzip bomb":     {gz(t, long[:9000]), small, "times its size: refused as a possible bomb"},
		"zip bomb":      {zipped(t, "m", long), small, "possible bomb"},
		"tar too full":  {tarred(t, "1", "2", "3"), Limits{File: 1 << 20, Archive: 1 << 20, Members: 2, Ratio: 50, RatioFrom: 1 << 20}, "more than 2 members"},
		"zip in a tar":  {tarred(t, string(zipped(t, "m", []byte("x")))), DefaultLimits(), "an archive inside an archive"},
		"broken member": {zst(t, tarred(t, "one"))[:40], DefaultLimits(), "zstd"},
	} {
		if got := walk([]Input{Bytes("in", c.body)}, c.limits); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q in it", name, got, c.want)
		}
	}
}

func TestHashIsOfTheFileAsItCame(t *testing.T) {
	body := gz(t, []byte("x"))
	for f, err := range Files(context.Background(), []Input{Bytes("a", body)}, DefaultLimits()) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Size != int64(len(body)) || len(f.SHA256) != 64 {
			t.Errorf("size %d hash %s", f.Size, f.SHA256)
		}
	}
}

func FuzzFiles(f *testing.F) {
	f.Add(gz(f, []byte("x")))
	f.Add(zipped(f, "m", []byte("x")))
	f.Add(tarred(f, "one"))
	f.Fuzz(func(_ *testing.T, body []byte) {
		walk([]Input{Bytes("in", body)}, Limits{File: 1 << 16, Archive: 1 << 16, Members: 10, Ratio: 50, RatioFrom: 1 << 12})
	})
}
