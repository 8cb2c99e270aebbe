package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/reportedly/reportedly/internal/eval/claimseval"
	"github.com/reportedly/reportedly/internal/pipeline"
)

// lines writes one article a line in the form of data/claims, or as text.
type lines struct {
	w    *bufio.Writer
	enc  *json.Encoder
	text bool
}

func (a *app) lineWriter(o scanOptions) (*lines, func() error, error) {
	if o.format == "" || o.format == "html" {
		return nil, func() error { return nil }, nil
	}
	out, err := a.create(o.output)
	if err != nil {
		return nil, nil, err
	}
	w := bufio.NewWriter(out)
	l := &lines{w: w, enc: json.NewEncoder(w), text: o.format == "text"}
	l.enc.SetEscapeHTML(false)
	return l, func() error {
		err := w.Flush()
		if cerr := out.Close(); err == nil {
			err = cerr
		}
		return err
	}, nil
}

func (l *lines) write(s pipeline.Scanned) error {
	if l.text {
		return writeReading(l.w, s)
	}
	return l.enc.Encode(claimseval.FromClaims(s.Article.ID, s.Article.Text, s.Reading.Claims, s.Reading.Mentions))
}

// writeReading tells what was read in an article, a paragraph a claim.
func writeReading(w io.Writer, s pipeline.Scanned) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s\n", s.Article.ID, s.Article.Outlet, s.Article.Title)
	for _, c := range s.Reading.Mentions.Clusters {
		h, _ := c.Best()
		fmt.Fprintf(&b, "  named: %s, %s %s (%.2f)\n", c.Name, c.Status, h.Party, h.Score)
	}
	for _, c := range s.Reading.Claims {
		var who []string
		for _, p := range c.Players {
			who = append(who, string(p.Role)+" "+p.Name)
		}
		var chain []string
		for _, l := range c.Chain {
			chain = append(chain, l.Holder)
		}
		said := "in the outlet's own voice"
		if len(chain) > 0 {
			said = strings.Join(chain, " > ")
		}
		fmt.Fprintf(&b, "  %s %s, %s, %s: %s\n    %s\n    \"%s\"\n", c.Activity, c.Aspect, c.Act, c.Certainty, strings.Join(who, ", "), said, strings.Join(strings.Fields(c.Evidence.Of(s.Article.Text)), " "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
