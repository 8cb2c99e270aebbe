package markup

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var declared = regexp.MustCompile(`^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

// decode gives UTF-8 without a byte order mark.
func decode(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	head, err := b.Peek(512)
	if len(head) == 0 && err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		_, _ = b.Discard(3)
		head = head[3:]
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}), bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return transform.NewReader(b, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()), nil
	}
	m := declared.FindSubmatch(bytes.TrimLeft(head, " \t\r\n"))
	if m == nil {
		return b, nil
	}
	switch name := strings.ToLower(string(m[1])); name {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return b, nil
	case "iso-8859-1", "latin1", "windows-1252", "cp1252":
		// Files that say ISO 8859-1 are windows-1252 in practice (WHATWG
		// Encoding, "latin1" labels); the two differ in C1 controls only.
		return transform.NewReader(b, charmap.Windows1252.NewDecoder()), nil
	default:
		return nil, fmt.Errorf("the encoding %q of the XML declaration is not known", name)
	}
}
