package claimseval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// Article is one line of a gold or system file.
type Article struct {
	ID        string    `json:"id"`
	Outlet    string    `json:"outlet,omitempty"`
	Title     string    `json:"title,omitempty"`
	Published string    `json:"published,omitempty"`
	Language  string    `json:"language,omitempty"`
	Text      string    `json:"text,omitempty"`
	Listed    []string  `json:"listed,omitempty"`
	Mentions  []Mention `json:"mentions"`
	Claims    []Claim   `json:"claims"`
}

// Mention is a stretch of text, in code points, that names a party.
type Mention struct {
	Party string `json:"party"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Claim is one proposition as one holder puts it.
type Claim struct {
	Activity  string   `json:"activity"`
	Aspect    string   `json:"aspect"`
	Parties   []Party  `json:"parties"`
	From      string   `json:"from,omitempty"`
	To        string   `json:"to,omitempty"`
	Place     string   `json:"place,omitempty"`
	When      *When    `json:"when"`
	Items     []Item   `json:"items"`
	Amount    *Amount  `json:"amount"`
	Polarity  string   `json:"polarity"`
	Act       string   `json:"act"`
	Certainty string   `json:"certainty"`
	Scope     string   `json:"scope,omitempty"`
	Chain     []Holder `json:"chain"`
	Evidence  Evidence `json:"evidence"`
	Rule      string   `json:"rule,omitempty"`
	Notes     []string `json:"notes,omitempty"`
}

// Party of a claim.
type Party struct {
	Role    string `json:"role"`
	Name    string `json:"name"`
	Surface string `json:"surface,omitempty"`
	Listed  bool   `json:"listed"`
}

// When is a window of ISO dates.
type When struct {
	Earliest string `json:"earliest"`
	Latest   string `json:"latest"`
}

// Item is goods, persons or cargo.
type Item struct {
	Item     string   `json:"item"`
	Quantity *float64 `json:"quantity"`
	Unit     string   `json:"unit,omitempty"`
}

// Amount of money.
type Amount struct {
	Value    float64 `json:"value"`
	Currency string  `json:"currency"`
}

// Holder is one link of the chain.
type Holder struct {
	Holder string `json:"holder"`
	Kind   string `json:"kind"`
}

// Evidence is the stretch of text that carries the claim, in code points.
type Evidence struct {
	Start *int   `json:"start"`
	End   *int   `json:"end"`
	Text  string `json:"text"`
}

// Read takes articles from JSON lines; name is used in errors.
func Read(r io.Reader, name string) ([]Article, error) {
	var out []Article
	lines := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if text := bytes.TrimSpace(line); len(text) > 0 {
			var a Article
			if e := json.Unmarshal(text, &a); e != nil {
				return nil, fmt.Errorf("claims: %s:%d: %w", name, n, e)
			}
			out = append(out, a)
		}
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("claims: %s:%d: %w", name, n, err)
		}
	}
}
