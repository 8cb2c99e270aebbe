package warc

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

func record(uri, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2016-04-18T09:12:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", uri, len(block), block)
}

func pack(parts ...string) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		z := gzip.NewWriter(&b)
		io.WriteString(z, p)
		z.Close()
	}
	return b.Bytes()
}

// walk reads an archive and gives one word a record or error.
func walk(b []byte, from int64) (out []string, after []int64) {
	r := NewReader(bytes.NewReader(b[from:]), from)
	for {
		rec, err := r.Next()
		var broken *Broken
		switch {
		case err == io.EOF:
			return out, after
		case errors.As(err, &broken):
			out = append(out, "broken")
		case err != nil:
			return append(out, err.Error()), after
		default:
			body, err := io.ReadAll(rec.Body)
			if err != nil {
				out = append(out, "broken")
			} else {
				out = append(out, rec.URI+"="+string(body))
			}
		}
		after = append(after, r.After())
	}
}

func TestRecords(t *testing.T) {
	a, b, c := record("x:a", "AAA"), record("x:b", "BB\n\nB"), record("x:c", "")
	members := pack(a, b, c)
	second := len(pack(a))
	damaged := bytes.Clone(members)
	copy(damaged[second+15:], "????????")
	arc := "filedesc://x.arc 0.0.0.0 20080430204825 text/plain 5\nabcde\nhttp://x/ 1.2.3.4 20080430204825 text/html 3\nXYZ\n"
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"plain":             {[]byte(a + b + c), "x:a=AAA x:b=BB\n\nB x:c="},
		"members":           {members, "x:a=AAA x:b=BB\n\nB x:c="},
		"one member":        {pack(a + b + c), "x:a=AAA x:b=BB\n\nB x:c="},
		"empty member":      {append(pack(""), members...), "x:a=AAA x:b=BB\n\nB x:c="},
		"cut off":           {[]byte(a + b[:len(b)-8]), "x:a=AAA broken"},
		"cut off member":    {members[:second+100], "x:a=AAA broken"},
		"damaged member":    {damaged, "x:a=AAA broken x:c="},
		"rubbish between":   {[]byte(a + "rubbish\n\n" + b), "x:a=AAA broken x:b=BB\n\nB"},
		"no length":         {[]byte("WARC/1.0\r\nWARC-Type: response\r\n\r\n" + a), "broken x:a=AAA"},
		"arc":               {[]byte(arc), "filedesc://x.arc=abcde http://x/=XYZ"},
		"header too long":   {[]byte("WARC/1.0\r\n" + strings.Repeat("x: y\r\n", 20000) + "\r\n" + a), "broken x:a=AAA"},
		"nothing":           {nil, ""},
		"text":              {[]byte("no archive"), "broken"},
		"rubbish for a zip": {append(bytes.Clone(members), "rubbish"...), "x:a=AAA x:b=BB\n\nB x:c= broken"},
	} {
		got, _ := walk(c.file, 0)
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", name, s, c.want)
		}
	}
}

// From every offset that After names, reading goes on with what is left.
func TestResume(t *testing.T) {
	a, b, c := record("x:a", "AAA"), record("x:b", "BB"), record("x:c", "C")
	for name, file := range map[string][]byte{"plain": []byte(a + b + c), "members": pack(a, b, c)} {
		all, after := walk(file, 0)
		for i, at := range after {
			rest, _ := walk(file, at)
			if strings.Join(rest, " ") != strings.Join(all[i+1:], " ") {
				t.Errorf("%s: from byte %d: %q, want %q", name, at, rest, all[i+1:])
			}
		}
	}
}

func TestBomb(t *testing.T) {
	r := NewReader(bytes.NewReader(pack(record("x:a", strings.Repeat("0", 1<<20)))), 0)
	r.MaxUnpacked = 1 << 16
	rec, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, rec.Body); err == nil || n > 1<<16 {
		t.Errorf("%d bytes came out, error %v", n, err)
	}
}

func FuzzRecords(f *testing.F) {
	f.Add([]byte(record("x:a", "AAA")))
	f.Add(pack(record("x:a", "AAA"), record("x:b", "B")))
	f.Add([]byte("filedesc://x.arc 0.0.0.0 20080430204825 text/plain 5\nabcde\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := NewReader(bytes.NewReader(b), 0)
		last := int64(0)
		for range len(b) + 3 {
			rec, err := r.Next()
			if err == io.EOF {
				return
			}
			var broken *Broken
			if err != nil && !errors.As(err, &broken) {
				return
			}
			if err == nil {
				if rec.Offset < last {
					t.Fatalf("record at %d after %d", rec.Offset, last)
				}
				last = rec.Offset
				io.Copy(io.Discard, io.LimitReader(rec.Body, 1<<16))
			}
			r.After()
		}
		t.Fatal("more records than bytes")
	})
}
