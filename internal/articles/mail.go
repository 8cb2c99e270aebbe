package articles

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"

	"golang.org/x/net/html/charset"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/story"
)

// Limits of a message.
const (
	maxParts = 200
	maxNest  = 8
)

// letter gathers the bodies of a message.
type letter struct {
	text, html []string
	parts      int
}

// fromMail reads a message such as a newsletter or an alert: subject, sender,
// date, and its text; where the text part is a stub, that of the HTML part.
// Attachments are left.
func fromMail(body []byte) (a story.Article, problem string) {
	m, err := mail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		return a, "has a broken header: " + err.Error()
	}
	words := &mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	field := func(name string) string {
		v := m.Header.Get(name)
		if d, err := words.DecodeHeader(v); err == nil {
			return d
		}
		return v
	}
	a.Title = strings.Join(strings.Fields(field("Subject")), " ")
	p := mail.AddressParser{WordDecoder: words}
	if from, err := p.Parse(m.Header.Get("From")); err == nil {
		a.Byline = from.Name
		if a.Outlet = from.Name; a.Outlet == "" {
			_, a.Outlet, _ = strings.Cut(from.Address, "@")
		}
	}
	if d, err := m.Header.Date(); err == nil {
		a.Published, a.PublishedPrecision = d, calendar.Day
	}
	a.Language = strings.ToLower(m.Header.Get("Content-Language"))
	if l, _, _ := strings.Cut(a.Language, "-"); len(l) == 2 {
		a.Language = l
	} else {
		a.Language = ""
	}
	var l letter
	if err := l.part(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), "", m.Body, 0); err != nil {
		return a, err.Error()
	}
	a.Text = tidy(strings.Join(l.text, "\n\n"))
	if fromHTML := plainText(strings.Join(l.html, "\n")); len(a.Text)*2 < len(fromHTML) {
		a.Text = fromHTML
	}
	if a.Text == "" {
		return a, "holds no text"
	}
	a.Captures = []story.Capture{{MediaType: "message/rfc822"}}
	return a, ""
}

// part reads a body and, of a multipart one, its parts.
func (l *letter) part(contentType, coding, disposition string, r io.Reader, depth int) error {
	if l.parts++; l.parts > maxParts || depth > maxNest {
		return fmt.Errorf("has more than %d parts, or parts nested deeper than %d", maxParts, maxNest)
	}
	if contentType == "" {
		contentType = "text/plain"
	}
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(contentType), ";")
	}
	if strings.HasPrefix(media, "multipart/") && params["boundary"] != "" {
		parts := multipart.NewReader(r, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				if len(l.text)+len(l.html) > 0 {
					return nil // cut off after its text
				}
				return fmt.Errorf("has a broken part %d: %w", l.parts, err)
			}
			err = l.part(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.Header.Get("Content-Disposition"), p, depth+1)
			if err != nil {
				return err
			}
		}
	}
	if strings.HasPrefix(strings.ToLower(disposition), "attachment") || media != "text/plain" && media != "text/html" {
		return nil
	}
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, lenient{r})
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	raw, err := io.ReadAll(r)
	if err != nil && len(raw) == 0 {
		return fmt.Errorf("has a broken part %d: %w", l.parts, err)
	}
	text, _, ok := decode(raw, contentType)
	if !ok {
		return fmt.Errorf("part %d has an encoding that was not recognised", l.parts)
	}
	if media == "text/html" {
		l.html = append(l.html, text)
	} else {
		l.text = append(l.text, strings.ReplaceAll(text, "\r\n", "\n"))
	}
	return nil
}

// lenient drops what is no base64, such as the spaces of a forwarded text.
type lenient struct{ r io.Reader }

func (l lenient) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	k := 0
	for _, c := range p[:n] {
		if c > ' ' {
			p[k] = c
			k++
		}
	}
	return k, err
}
