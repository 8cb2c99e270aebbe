package feed

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"
)

// Feed is a feed as its publisher means it.
type Feed struct {
	Title    string
	URL      string // of the site
	Language string
	Kind     string // "rss", "atom", "json"
	Items    []Item
}

// Item is one entry. Content and Summary are HTML as given.
type Item struct {
	GUID      string
	URL       string
	Title     string
	Byline    string
	Summary   string
	Content   string
	Published time.Time // zero if the feed does not say
}

// Key names the item within all feeds: its address without what only counts
// visits, else the identifier that the feed gives it, else its title.
func (i Item) Key() string {
	if u := CanonicalURL(i.URL); u != "" {
		return u
	}
	if i.GUID != "" {
		return "guid:" + i.GUID
	}
	return "title:" + i.Title + "|" + i.Published.UTC().Format(time.RFC3339)
}

// Limits of one document.
const (
	MaxBytes = 32 << 20
	maxItems = 20_000
	maxDepth = 200
)

// ErrNotFeed is returned for a document that is no feed at all.
var ErrNotFeed = errors.New("is no feed")

// Error tells where a feed is broken.
type Error struct {
	Line int // 1-based, 0 if unknown
	Text string
}

func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("line %d: %s", e.Line, e.Text)
	}
	return e.Text
}

// Parse reads a feed that was found at base ("" if unknown).
func Parse(body []byte, base string) (f Feed, err error) {
	if len(body) > MaxBytes {
		return Feed{}, &Error{Text: fmt.Sprintf("is longer than a feed may be (%d bytes)", MaxBytes)}
	}
	if body, err = plain(body); err != nil {
		return Feed{}, err
	}
	if line := tooDeep(body); line > 0 {
		return Feed{}, &Error{line, fmt.Sprintf("elements are nested deeper than %d", maxDepth)}
	}
	defer func() { // a parser of foreign bytes must cost this feed only
		if p := recover(); p != nil {
			f, err = Feed{}, &Error{Text: fmt.Sprintf("cannot be read: %v", p)}
		}
	}()
	parsed, perr := gofeed.NewParser().Parse(bytes.NewReader(body))
	switch {
	case errors.Is(perr, gofeed.ErrFeedTypeNotDetected):
		return Feed{}, ErrNotFeed
	case perr != nil:
		return Feed{}, &Error{lineOf(perr.Error()), "is a broken feed: " + perr.Error()}
	case parsed.FeedType == "json" && parsed.FeedVersion == "" && len(parsed.Items) == 0:
		return Feed{}, ErrNotFeed // any JSON object
	}
	return translate(parsed, base), nil
}

// plain gives UTF-16 and UTF-32 as UTF-8; other encodings are named by the
// document and read by the parser.
func plain(b []byte) ([]byte, error) {
	var t transform.Transformer
	switch {
	case bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}), bytes.HasPrefix(b, []byte{'<', 0, 0, 0}):
		t = utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewDecoder()
	case bytes.HasPrefix(b, []byte{0, 0, 0xfe, 0xff}), bytes.HasPrefix(b, []byte{0, 0, 0, '<'}):
		t = utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewDecoder()
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}), bytes.HasPrefix(b, []byte{'<', 0}):
		t = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}), bytes.HasPrefix(b, []byte{0, '<'}):
		t = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	default:
		return b, nil
	}
	out, _, err := transform.Bytes(t, b)
	if err != nil {
		return nil, &Error{Text: "cannot be decoded: " + err.Error()}
	}
	head := out[:min(len(out), 200)]
	if loc := declared.FindIndex(head); loc != nil { // it says utf-16, and is no more
		out = append(append(bytes.Clone(out[:loc[0]]), []byte(`encoding="utf-8"`)...), out[loc[1]:]...)
	}
	return out, nil
}

var declared = regexp.MustCompile(`encoding=["'][^"']*["']`)

// tooDeep gives the line at which elements or objects are nested too deeply,
// 0 where they are not. It counts brackets only, which is enough to keep a
// recursive parser from harm.
func tooDeep(b []byte) int {
	depth, line := 0, 1
	xml := len(bytes.TrimSpace(b)) > 0 && bytes.TrimSpace(b)[0] == '<'
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\n':
			line++
		case xml && c == '<' && bytes.HasPrefix(b[i:], []byte("<![CDATA[")):
			end := bytes.Index(b[i:], []byte("]]>"))
			if end < 0 {
				return 0
			}
			line += bytes.Count(b[i:i+end], []byte("\n"))
			i += end
		case xml && c == '<' && i+1 < len(b) && b[i+1] == '/':
			depth--
		case xml && c == '<' && i+1 < len(b) && b[i+1] != '!' && b[i+1] != '?':
			depth++
		case xml && c == '/' && i+1 < len(b) && b[i+1] == '>':
			depth--
		case !xml && (c == '{' || c == '['):
			depth++
		case !xml && (c == '}' || c == ']'):
			depth--
		}
		if depth > maxDepth {
			return line
		}
	}
	return 0
}

var onLine = regexp.MustCompile(`line (\d+)`)

func lineOf(text string) int {
	if m := onLine.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

func translate(p *gofeed.Feed, base string) Feed {
	f := Feed{Title: strings.TrimSpace(p.Title), URL: absolute(base, p.Link), Language: language(p.Language), Kind: p.FeedType}
	if base == "" {
		base = p.Link
	}
	for _, it := range p.Items {
		if it == nil || len(f.Items) == maxItems {
			continue
		}
		x := Item{GUID: strings.TrimSpace(it.GUID), URL: absolute(base, it.Link), Title: strings.TrimSpace(it.Title), Summary: it.Description, Content: it.Content}
		switch {
		case it.PublishedParsed != nil:
			x.Published = *it.PublishedParsed
		case it.UpdatedParsed != nil:
			x.Published = *it.UpdatedParsed
		}
		var names []string
		for _, a := range it.Authors {
			if a != nil && strings.TrimSpace(a.Name) != "" {
				names = append(names, strings.TrimSpace(a.Name))
			}
		}
		x.Byline = strings.Join(names, ", ")
		if x.URL == "" && strings.HasPrefix(x.GUID, "http") {
			x.URL = x.GUID
		}
		f.Items = append(f.Items, x)
	}
	return f
}

// language keeps the ISO 639-1 part of "en-US".
func language(s string) string {
	l, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), "-")
	l, _, _ = strings.Cut(l, "_")
	if len(l) != 2 {
		return ""
	}
	return l
}

// absolute resolves an address; what is no web address becomes "".
func absolute(base, ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || ref == "" {
		return ""
	}
	if b, err := url.Parse(base); err == nil && base != "" {
		u = b.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// counting are query parameters that say by which way a reader came.
var counting = regexp.MustCompile(`^(utm_.*|fbclid|gclid|mc_cid|mc_eid|cmpid|ocid|at_.*)$`)

// CanonicalURL is an address without fragment and without parameters that only
// count visits, "" where it is no web address. Two feeds that carry the same
// article so give it one key.
func CanonicalURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.Fragment, u.RawFragment, u.User = "", "", nil
	u.Host = strings.ToLower(u.Host)
	if q := u.Query(); u.RawQuery != "" {
		dropped := false
		for k := range q {
			if counting.MatchString(strings.ToLower(k)) {
				q.Del(k)
				dropped = true
			}
		}
		if dropped {
			u.RawQuery = q.Encode()
		}
	}
	return u.String()
}
