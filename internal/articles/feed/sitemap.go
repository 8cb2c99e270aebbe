package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html/charset"
)

// Sitemap is a list of pages, or of further sitemaps (Index).
type Sitemap struct {
	Index bool
	Links []Link
}

// Link is a page, with what a news sitemap says of it.
type Link struct {
	URL      string
	Modified time.Time
	// The rest is of news sitemaps.
	Title     string
	Outlet    string
	Language  string
	Published time.Time
}

// maxLinks is the bound of the protocol (sitemaps.org).
const maxLinks = 50_000

type link struct {
	Loc     string `xml:"loc"`
	Lastmod string `xml:"lastmod"`
	News    struct {
		Publication struct {
			Name     string `xml:"name"`
			Language string `xml:"language"`
		} `xml:"publication"`
		Date  string `xml:"publication_date"`
		Title string `xml:"title"`
	} `xml:"news"`
}

// ErrNotSitemap is returned for a document with another root.
var ErrNotSitemap = errors.New("is no sitemap")

// ParseSitemap reads a sitemap found at base ("" if unknown).
func ParseSitemap(body []byte, base string) (Sitemap, error) {
	if len(body) > MaxBytes {
		return Sitemap{}, &Error{Text: fmt.Sprintf("is longer than a sitemap may be (%d bytes)", MaxBytes)}
	}
	body, err := plain(body)
	if err != nil {
		return Sitemap{}, err
	}
	if line := tooDeep(body); line > 0 {
		return Sitemap{}, &Error{line, fmt.Sprintf("elements are nested deeper than %d", maxDepth)}
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = charset.NewReaderLabel
	broken := func(err error) error {
		line, _ := d.InputPos()
		return &Error{line, "is a broken sitemap: " + err.Error()}
	}
	var s Sitemap
	root := false
	for {
		t, err := d.Token()
		if err == io.EOF {
			if !root {
				return Sitemap{}, ErrNotSitemap
			}
			return s, nil
		}
		if err != nil {
			if !root {
				return Sitemap{}, ErrNotSitemap
			}
			return s, broken(err)
		}
		e, ok := t.(xml.StartElement)
		switch {
		case !ok:
		case !root:
			if e.Name.Local != "urlset" && e.Name.Local != "sitemapindex" {
				return Sitemap{}, ErrNotSitemap
			}
			root, s.Index = true, e.Name.Local == "sitemapindex"
		case e.Name.Local == "url" || e.Name.Local == "sitemap":
			var l link
			if err := d.DecodeElement(&l, &e); err != nil {
				return s, broken(err)
			}
			if len(s.Links) == maxLinks {
				return s, broken(fmt.Errorf("more than %d addresses", maxLinks))
			}
			if u := absolute(base, l.Loc); u != "" {
				s.Links = append(s.Links, Link{URL: u, Modified: moment(l.Lastmod), Title: strings.TrimSpace(l.News.Title),
					Outlet: strings.TrimSpace(l.News.Publication.Name), Language: language(l.News.Publication.Language), Published: moment(l.News.Date)})
			}
		default:
			if err := d.Skip(); err != nil {
				return s, broken(err)
			}
		}
	}
}

// moment reads the W3C date forms that sitemaps use; zero where it is none.
func moment(s string) time.Time {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05", "2006-01-02", "2006-01"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
