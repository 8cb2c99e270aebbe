package links

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/reportedly/reportedly/internal/calendar"
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
		for _, c := range d.CrossRefs {
			out = append(out, canonical(c))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// canonical writes a permanent UN reference as the UN does; other lists quote
// "IRI.038" too.
func canonical(ref string) string {
	if len(ref) == 7 && ref[3] == '.' && strings.ContainsRune("ieIE", rune(ref[2])) {
		return strings.ToUpper(ref[:2]) + strings.ToLower(ref[2:])
	}
	return ref
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

// documents: one number on both sides. A number that one list itself gives to
// several entries (6620505 stands with three Iranians) tells less.
func documents(a, b *party.Party, shared map[string]bool) []Reason {
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
			if shared[n] {
				return []Reason{{"document", "the same " + x.Kind + " " + x.Number + ", which others carry too", 1}}
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

// births compares windows. A shared day weighs more than a shared year, a
// near miss speaks neither way (lists round and guess), years apart speak
// against.
func births(a, b *party.Party) []Reason {
	if a.Schema != party.Person || b.Schema != party.Person {
		return nil
	}
	gap := -1
	for _, x := range a.Births {
		for _, y := range b.Births {
			if x.Window.Earliest.IsZero() || y.Window.Earliest.IsZero() {
				continue
			}
			wx, wy := yearOnly(x), yearOnly(y)
			if wx.Days() == 1 && wx == wy {
				return []Reason{{"birth", "born on " + wx.String(), 2}}
			}
			if g := apart(wx, wy); gap < 0 || g < gap {
				gap = g
			}
		}
	}
	switch {
	case gap < 0:
		return nil
	case gap == 0:
		return []Reason{{"birth", "dates of birth agree", 1}}
	case gap <= 2:
		return []Reason{{"birth", "dates of birth are close", 0}}
	case gap <= 5:
		return []Reason{{"birth", "dates of birth are some years apart", -1}}
	}
	return []Reason{{"birth", "dates of birth do not agree", -4}}
}

// yearOnly widens 1 January to its year: lists write it where they know the
// year alone.
func yearOnly(b party.Birth) calendar.Window {
	w := b.Window
	if w.Days() == 1 && w.Earliest.Month == 1 && w.Earliest.Day == 1 {
		return calendar.Date{Year: w.Earliest.Year}.Window()
	}
	return w
}

// apart counts the years between two windows, 0 where they share a day, 1
// within one year.
func apart(x, y calendar.Window) int {
	if x.Overlaps(y) {
		return 0
	}
	if y.Earliest.Before(x.Earliest) {
		x, y = y, x
	}
	last := x.Latest
	if last.IsZero() {
		last = x.Earliest
	}
	return 1 + y.Earliest.Year - last.Year
}

// listings: lists that mirror each other list on the same day. It says little
// alone, since a day brings many names, but much with a name.
func listings(a, b *party.Party) []Reason {
	for _, x := range a.Designations {
		for _, y := range b.Designations {
			if x.Authority != y.Authority && x.ListedOn.Precision() == calendar.Day && x.ListedOn == y.ListedOn {
				return []Reason{{"listing", "both listed on " + x.ListedOn.String(), 1}}
			}
		}
	}
	return nil
}

func countries(a, b *party.Party) []Reason {
	known := false
	for _, x := range places(a) {
		for _, y := range places(b) {
			if x.Code == "" || y.Code == "" {
				continue
			}
			if known = true; x.Code == y.Code {
				return []Reason{{"nationality", "both " + x.Code, 0.5}}
			}
		}
	}
	if known && a.Schema == party.Person {
		return []Reason{{"nationality", "no country in common", -1}}
	}
	return nil
}

// places are a person's nationalities, and the countries of a body's seats.
func places(p *party.Party) []party.Country {
	if p.Schema == party.Person {
		return p.Nationalities
	}
	out := slices.Clone(p.Nationalities)
	for _, a := range p.Addresses {
		out = append(out, a.In)
	}
	return out
}

func genders(a, b *party.Party) []Reason {
	if a.Gender != "" && b.Gender != "" && a.Gender != b.Gender {
		return []Reason{{"gender", a.Gender + " and " + b.Gender, -3}}
	}
	return nil
}
