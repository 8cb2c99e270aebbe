package wording

import (
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/measures/tables"
)

// Lexicon holds the word lists by which free words of a report are sorted
// into classes that the register speaks of.
type Lexicon struct {
	Goods    Terms
	Actors   Terms
	Facts    Terms
	Services Terms
	demonym  map[string]string // "italian" -> "IT"
	bodies   map[string][]membership
}

// membership says that a State was in a jurisdiction from a day until a day.
type membership struct {
	state       string
	from, until calendar.Date
}

// Terms finds terms in words, the longest first.
type Terms struct {
	class  map[string][]string // folded term -> classes: a ballistic missile is a heavy arm and a missile good
	length int                 // words of the longest term
}

// Load reads the word lists of a register.
func Load(fsys fs.FS) (Lexicon, error) {
	lx := Lexicon{demonym: map[string]string{}, bodies: map[string][]membership{}}
	var err error
	if lx.Goods, err = loadTerms(fsys, "goods.csv"); err != nil {
		return lx, err
	}
	if lx.Actors, err = loadTerms(fsys, "actors.csv"); err != nil {
		return lx, err
	}
	if lx.Services, err = loadTerms(fsys, "services.csv"); err != nil {
		return lx, err
	}
	if lx.Facts, err = loadTerms(fsys, "facts.csv"); err != nil {
		return lx, err
	}
	err = tables.Each(fsys, "demonyms.csv", 2, func(f []string) error {
		for _, w := range strings.Split(f[1], ";") {
			lx.demonym[strings.Join(Words(w), " ")] = f[0]
		}
		return nil
	})
	if err != nil {
		return lx, err
	}
	return lx, tables.Each(fsys, "jurisdictions.csv", 4, func(f []string) error {
		from, err := calendar.Parse(f[2])
		if err != nil {
			return err
		}
		until, err := calendar.Parse(f[3])
		if err != nil {
			return err
		}
		for _, state := range strings.Fields(f[1]) {
			lx.bodies[f[0]] = append(lx.bodies[f[0]], membership{state, from, until})
		}
		return nil
	})
}

func loadTerms(fsys fs.FS, name string) (Terms, error) {
	t := Terms{class: map[string][]string{}}
	err := tables.Each(fsys, name, 2, func(f []string) error {
		for _, term := range strings.Split(f[1], ";") {
			w := Words(term)
			if len(w) == 0 {
				continue
			}
			key := strings.Join(w, " ")
			t.class[key] = append(t.class[key], f[0])
			t.length = max(t.length, len(w))
		}
		return nil
	})
	return t, err
}

// Words folds to lower case and splits at everything but letters, digits and
// inner hyphens; a plural ending is taken off so that "rifles" meets "rifle".
func Words(s string) []string {
	f := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '\''
	})
	for i, w := range f {
		f[i] = singular(w)
	}
	return f
}

func singular(w string) string {
	switch {
	case len(w) > 4 && strings.HasSuffix(w, "ies"):
		return w[:len(w)-3] + "y"
	case len(w) > 4 && (strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "xes")):
		return w[:len(w)-2]
	case len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us"):
		return w[:len(w)-1]
	}
	return w
}

// Find gives the classes of the terms in s, each once, in order. A longer term
// hides the shorter ones inside it.
func (t Terms) Find(s string) []string {
	var out []string
	w := Words(s)
	for i := 0; i < len(w); {
		n := min(t.length, len(w)-i)
		for ; n > 0; n-- {
			classes := t.class[strings.Join(w[i:i+n], " ")]
			for _, c := range classes {
				if !slices.Contains(out, c) {
					out = append(out, c)
				}
			}
			if len(classes) > 0 {
				break
			}
		}
		i += max(n, 1)
	}
	return out
}

// Within reports whether a category is one of the wanted or lies below one.
func Within(category string, wanted []string) bool {
	for _, w := range wanted {
		if category == w || strings.HasPrefix(category, w+".") {
			return true
		}
	}
	return false
}

// StateOf reads an ISO code or the first State that a description names.
func (lx Lexicon) StateOf(s string) string {
	if IsCode(s) {
		return s[:2]
	}
	w := Words(s)
	for i := range w {
		for n := min(4, len(w)-i); n > 0; n-- {
			if c, ok := lx.demonym[strings.Join(w[i:i+n], " ")]; ok {
				return c
			}
		}
	}
	return ""
}

// IsCode reports "FR" or "UA-43".
func IsCode(s string) bool {
	if len(s) < 2 || !upper(s[0]) || !upper(s[1]) {
		return false
	}
	return len(s) == 2 || s[2] == '-'
}

func upper(b byte) bool { return b >= 'A' && b <= 'Z' }

// Belongs reports whether the State was in the jurisdiction on the day.
func (lx Lexicon) Belongs(state, body string, day calendar.Date) bool {
	return slices.ContainsFunc(lx.bodies[body], func(m membership) bool {
		return m.state == state && !day.Before(m.from) && (m.until.IsZero() || day.Before(m.until))
	})
}

// Has reports whether any term is of the class or of one below it.
func (t Terms) Has(class string) bool {
	for _, classes := range t.class {
		if slices.ContainsFunc(classes, func(c string) bool { return Within(c, []string{class}) }) {
			return true
		}
	}
	return false
}
