package articles

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
)

// isArchive looks at the first bytes, through gzip, without taking any.
func isArchive(r *bufio.Reader) bool {
	head, _ := r.Peek(4096)
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(bytes.NewReader(head))
		if err != nil {
			return false
		}
		plain := make([]byte, 16)
		n, _ := io.ReadFull(z, plain)
		head = plain[:n]
	}
	return bytes.HasPrefix(head, []byte("WARC/")) || bytes.HasPrefix(head, []byte("filedesc:"))
}

var xmlStart = regexp.MustCompile(`(?s)^(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*<(?:[A-Za-z0-9_]+:)?([A-Za-z]+)`)

// xmlRoot tells feeds and sitemaps from their first element.
func xmlRoot(t []byte) Format {
	if t[0] != '<' {
		return Auto
	}
	m := xmlStart.FindSubmatch(t)
	if m == nil {
		return Auto
	}
	switch strings.ToLower(string(m[1])) {
	case "rss", "feed", "rdf", "channel":
		return Feed
	case "urlset", "sitemapindex":
		return Sitemap
	}
	return Auto
}

// mailFields open the header of a message; two of the first lines must be of
// them.
var mailFields = regexp.MustCompile(`(?i)^(from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|reply-to|list-id|x-[a-z-]+|dkim-signature|arc-[a-z-]+|authentication-results|content-type): ?\S`)

func looksMail(t []byte) bool {
	hits := 0
	for i, l := range bytes.SplitN(t, []byte("\n"), 13) {
		if i == 12 || len(bytes.TrimSpace(l)) == 0 {
			break
		}
		switch {
		case mailFields.Match(l):
			hits++
		case l[0] == ' ' || l[0] == '\t':
		default:
			if i == 0 {
				return false
			}
		}
	}
	return hits >= 3
}
