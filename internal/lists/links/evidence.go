package links

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/reportedly/reportedly/internal/party"
)

// Fold makes spellings of one name equal that differ in case, diacritics,
// punctuation or the order of words.
func Fold(text string) string {
	var words []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	for _, u := range norm.NFD.String(text) {
		switch {
		case unicode.IsLetter(u) || unicode.IsDigit(u):
			word.WriteRune(unicode.ToLower(u))
		case unicode.Is(unicode.Mn, u) || u == '\'' || u == '’' || u == '‘' || u == '`':
		default:
			flush()
		}
	}
	flush()
	slices.Sort(words)
	return strings.Join(words, " ")
}

// number keeps the letters and digits of a document number. Short ones tell
// nothing.
func number(d party.Document) string {
	out := strings.Map(func(u rune) rune {
		if u >= 'a' && u <= 'z' {
			return u - 'a' + 'A'
		}
		if u >= 'A' && u <= 'Z' || u >= '0' && u <= '9' {
			return u
		}
		return -1
	}, d.Number)
	if len(out) < 5 || !strings.ContainsAny(out, "0123456789") {
		return ""
	}
	return out
}

// quotes are the references that an entry quotes or is known by, each with its
// authority: "UN IRi.039", "uk-ofsi:9062".
func quotes(p *party.Party) []string {
	out := []string{p.ID}
	for _, d := range p.Designations {
		if d.Authority == "UN" && d.Reference != "" {
			out = append(out, d.Reference)
		}
		out = append(out, d.CrossRefs...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func keys(p *party.Party) []string {
	set := map[string]bool{}
	for _, q := range quotes(p) {
		set["ref "+q] = true
	}
	for _, d := range p.Documents {
		if n := number(d); n != "" {
			set["doc "+n] = true
		}
	}
	for _, w := range p.Wallets {
		set["wallet "+w.Address] = true
	}
	for _, n := range p.Names {
		if f := Fold(n.Text); len(f) > 4 && strings.Contains(f, " ") || p.Schema != party.Person && len(f) > 5 {
			set["name "+f] = true
		}
	}
	out := make([]string, 0, len(set))
	for k := range set {
		out = append(out, k)
	}
	return out
}

// references: a shared one speaks for the link; two different permanent
// references of the UN speak against it.
func references(a, b *party.Party) []Reason {
	qa, qb := quotes(a), quotes(b)
	for _, q := range qa {
		if _, ok := slices.BinarySearch(qb, q); ok {
			return []Reason{{"reference", "both carry the reference " + q, 5}}
		}
	}
	ua, ub := permanent(qa), permanent(qb)
	if ua != "" && ub != "" && ua != ub {
		return []Reason{{"reference", fmt.Sprintf("one carries the UN reference %s, the other %s", ua, ub), -5}}
	}
	return nil
}

// permanent finds a permanent UN reference among quotes.
func permanent(quotes []string) string {
	for _, q := range quotes {
		if len(q) == 7 && q[3] == '.' && (q[2] == 'i' || q[2] == 'e') {
			return q
		}
	}
	return ""
}

func documents(a, b *party.Party) []Reason {
	for _, x := range a.Documents {
		n := number(x)
		if n == "" {
			continue
		}
		for _, y := range b.Documents {
			if number(y) != n || x.Kind != y.Kind && x.Kind != "other" && y.Kind != "other" {
				continue
			}
			if x.Country.Code != "" && y.Country.Code != "" && x.Country.Code != y.Country.Code {
				continue
			}
			return []Reason{{"document", "the same " + x.Kind + " " + x.Number, 4}}
		}
	}
	return nil
}

func wallets(a, b *party.Party) []Reason {
	for _, x := range a.Wallets {
		for _, y := range b.Wallets {
			if x.Address == y.Address {
				return []Reason{{"wallet", "the same wallet " + x.Address, 4}}
			}
		}
	}
	return nil
}

// names: one shared name of two words or more. Primary names on both sides say
// a little more than two aliases.
func names(a, b *party.Party) []Reason {
	var found Reason
	for i, x := range a.Names {
		fx := Fold(x.Text)
		for j, y := range b.Names {
			if fx == "" || fx != Fold(y.Text) {
				continue
			}
			w := 1.0
			if i == 0 && j == 0 {
				w = 1.25
			}
			if x.Quality == party.Weak || y.Quality == party.Weak {
				w = 0.5
			}
			if w > found.Weight {
				found = Reason{"name", fmt.Sprintf("the name %q", x.Text), w}
			}
		}
	}
	if found.Weight == 0 {
		return nil
	}
	return []Reason{found}
}

// births compares windows: a shared day weighs more than a shared year; no
// shared day at all speaks against.
func births(a, b *party.Party) []Reason {
	if a.Schema != party.Person || b.Schema != party.Person {
		return nil
	}
	known, overlap := false, false
	for _, x := range a.Births {
		for _, y := range b.Births {
			if x.Window.IsZero() || y.Window.IsZero() {
				continue
			}
			known = true
			if x.Window.Overlaps(y.Window) {
				if x.Window.Days() == 1 && y.Window.Days() == 1 && x.Window.Earliest.Day+x.Window.Earliest.Month > 2 {
					return []Reason{{"birth", "born on " + x.Window.String(), 2}}
				}
				overlap = true
			} else if near(x, y) {
				overlap = true
			}
		}
	}
	switch {
	case overlap:
		return []Reason{{"birth", "dates of birth agree", 1}}
	case known:
		return []Reason{{"birth", "dates of birth do not agree", -4}}
	}
	return nil
}

// near allows two years where a list says "about".
func near(x, y party.Birth) bool {
	if !x.Circa && !y.Circa {
		return false
	}
	d := x.Window.Earliest.Year - y.Window.Earliest.Year
	return d >= -2 && d <= 2
}

func countries(a, b *party.Party) []Reason {
	known := false
	for _, x := range a.Nationalities {
		for _, y := range b.Nationalities {
			if x.Code == "" || y.Code == "" {
				continue
			}
			if known = true; x.Code == y.Code {
				return []Reason{{"nationality", "both " + x.Code, 0.5}}
			}
		}
	}
	if known {
		return []Reason{{"nationality", "no country in common", -1}}
	}
	return nil
}

func genders(a, b *party.Party) []Reason {
	if a.Gender != "" && b.Gender != "" && a.Gender != b.Gender {
		return []Reason{{"gender", a.Gender + " and " + b.Gender, -3}}
	}
	return nil
}
