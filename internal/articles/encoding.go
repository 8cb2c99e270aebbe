package articles

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decode gives bytes as UTF-8 text with the name of their encoding. The order
// is that of the WHATWG encoding standard: byte-order mark, declared type,
// then what the bytes look like. ok is false where the result is no text.
func decode(b []byte, contentType string) (text, encoding string, ok bool) {
	if len(b) >= 2 && (bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff})) {
		out, _, err := transform.Bytes(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder(), b)
		return string(out), "utf-16", err == nil && isText(string(out))
	}
	b = bytes.TrimPrefix(b, []byte{0xef, 0xbb, 0xbf})
	if validUTF8Prefix(b) {
		// NUL bytes are valid UTF-8 but no article holds them in number.
		return strings.ToValidUTF8(string(b), ""), "utf-8", isText(string(b))
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return "", "", false
	}
	enc, name, certain := charset.DetermineEncoding(b, contentType)
	if name == "utf-8" || (name == "windows-1252" && !certain && !mostlyLatin(b)) {
		return "", "", false
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil || !isText(string(out)) {
		return "", name, false
	}
	return string(out), name, true
}

// validUTF8Prefix allows a character cut at the end, as a sniffed head has.
func validUTF8Prefix(b []byte) bool {
	for i := 0; i < utf8.UTFMax && len(b) > 0; i++ {
		if utf8.Valid(b) {
			return true
		}
		b = b[:len(b)-1]
	}
	return len(b) == 0 || utf8.Valid(b)
}

// mostlyLatin keeps the fallback to windows-1252 to texts that are plausibly
// written in it: mostly ASCII letters. Other 8-bit encodings would be read as
// garbage, and garbage must not become an article.
func mostlyLatin(b []byte) bool {
	letters, high := 0, 0
	for _, c := range b {
		switch {
		case c >= 0x80:
			high++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			letters++
		}
	}
	return high*4 <= letters
}
