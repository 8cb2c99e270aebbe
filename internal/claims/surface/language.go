package surface

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

//go:embed lang
var files embed.FS

// language is a folder of lang/.
type language struct {
	words   map[string]*pattern // by key of words.tsv
	flags   map[string]bool
	kinds   []kind
	deeds   []deedRow
	answers []answerRow
}

type kind struct {
	kind  speech.HolderKind
	words *pattern
}

// step is one token of a trigger.
type step struct {
	re       *pattern
	optional bool
}

type deedRow struct {
	code             activity.Code
	aspect           string // completed, ongoing, planned (its form says so), plan (needs a word of plan)
	order            string // subject, object, with, of
	voice            string // active, passive, any
	role             string
	trigger          []step
	needs            *pattern // a word of the clause, nil = none
	places           []string // to, from, at, direct
	placed           bool     // one of places must be there
	item             bool     // the word that needs asks for is the item
	example, counter string
	key              string
}

type answerRow struct {
	act           speech.Act
	side          string // left, right
	trigger, rest []step
	matter        bool // what is denied must be named by a word of its kind
	example       string
	key           string
}

// Keys of words.tsv beside noun:FAMILY and kind:KIND.
var keys = strings.Fields("neutral passive active negation plan reported possible title article oblique thing to from at with genitive placenoun relative if stop report before notcue shows that nominative oblique-ending addressing count joins adjective declined flag")

var languages = sync.OnceValues(func() (map[string]*language, error) {
	out := map[string]*language{}
	folders, err := fs.ReadDir(files, "lang")
	if err != nil {
		return nil, fmt.Errorf("claims/surface: %w", err)
	}
	for _, f := range folders {
		l := &language{words: map[string]*pattern{}, flags: map[string]bool{}}
		for name, read := range map[string]func(n int, f []string) error{"words": l.wordRow, "deeds": l.deedRow, "answers": l.answerRow} {
			if err := eachRow("lang/"+f.Name()+"/"+name+".tsv", read); err != nil {
				return nil, err
			}
		}
		out[f.Name()] = l
	}
	return out, nil
})

func eachRow(path string, read func(n int, f []string) error) error {
	text, err := files.ReadFile(path)
	if err != nil {
		return fmt.Errorf("claims/surface: %w", err)
	}
	for n, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if err := read(n+1, strings.Split(line, "\t")); err != nil {
			return fmt.Errorf("claims/surface: %s: line %d: %w", path, n+1, err)
		}
	}
	return nil
}

// pattern is a set of whole tokens: those listed, or those that an expression
// matches.
type pattern struct {
	set map[string]bool
	re  *regexp.Regexp // nil where set tells all
}

// MatchString reports whether the token is one of the pattern.
func (p *pattern) MatchString(token string) bool {
	if p.re == nil {
		return p.set[token]
	}
	return p.re.MatchString(token)
}

// whole compiles alternatives that must match a whole token.
func whole(s string) (*pattern, error) {
	s = fold(s)
	re, err := regexp.Compile("^(?:" + s + ")$")
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", s, err)
	}
	if set := listed(s); set != nil {
		return &pattern{set: set}, nil
	}
	return &pattern{re: re}, nil
}

// listed gives the tokens of an expression that does nothing but list them,
// "leaders?|(chief|head)", since a set is quicker than an expression; nil for
// any other.
func listed(s string) map[string]bool {
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") {
		s = inner[:len(inner)-1]
	}
	set := map[string]bool{}
	for w := range strings.SplitSeq(s, "|") {
		w, optional := strings.CutSuffix(w, "?")
		if w == "" || strings.ContainsAny(w, `()[]{}?*+.\^$`) {
			return nil
		}
		set[w] = true
		if optional {
			_, size := utf8.DecodeLastRuneInString(w)
			if len(w) == size {
				return nil
			}
			set[w[:len(w)-size]] = true
		}
	}
	return set
}

// steps reads a trigger: tokens parted by spaces, "?" before an optional one.
func steps(s string) ([]step, error) {
	var out []step
	for _, w := range strings.Fields(s) {
		w, optional := strings.CutPrefix(w, "?")
		re, err := whole(w)
		if err != nil {
			return nil, err
		}
		out = append(out, step{re, optional})
	}
	if len(out) == 0 || out[0].optional {
		return nil, fmt.Errorf("trigger %q: empty, or begins with what may be left out", s)
	}
	return out, nil
}

func (l *language) wordRow(_ int, f []string) error {
	if len(f) != 2 {
		return fmt.Errorf("want 2 columns, have %d", len(f))
	}
	if f[0] == "flag" {
		l.flags[f[1]] = true
		return nil
	}
	re, err := whole(f[1])
	if err != nil {
		return err
	}
	if k, ok := strings.CutPrefix(f[0], "kind:"); ok {
		if !speech.HolderKind(k).Known() {
			return fmt.Errorf("unknown kind of holder %q", k)
		}
		l.kinds = append(l.kinds, kind{speech.HolderKind(k), re})
		return nil
	}
	if !strings.HasPrefix(f[0], "noun:") && !slices.Contains(keys, f[0]) {
		return fmt.Errorf("unknown key %q", f[0])
	}
	l.words[f[0]] = re
	return nil
}

func (l *language) deedRow(n int, f []string) error {
	if len(f) != 10 {
		return fmt.Errorf("want 10 columns, have %d", len(f))
	}
	r := deedRow{code: activity.Code(f[0]), aspect: f[1], order: f[2], voice: f[3], role: f[4], example: f[8], counter: f[9]}
	r.key = fmt.Sprintf("surface/%s/%d", strings.ToLower(f[0]), n)
	if _, ok := activity.Lookup(r.code); !ok {
		return fmt.Errorf("unknown activity %q", f[0])
	}
	if !slices.Contains(strings.Fields("completed ongoing planned plan"), r.aspect) || !slices.Contains(strings.Fields("subject object with of"), r.order) || !slices.Contains(strings.Fields("active passive any"), r.voice) {
		return fmt.Errorf("unknown aspect, order or voice: %s %s %s", r.aspect, r.order, r.voice)
	}
	var err error
	if r.trigger, err = steps(f[5]); err != nil {
		return err
	}
	if needs, item := strings.CutPrefix(f[6], "item:"); needs != "-" {
		r.item = item
		if r.needs, err = whole(needs); err != nil {
			return err
		}
	}
	if f[7] != "-" {
		var s string
		s, r.placed = strings.CutSuffix(f[7], "!")
		r.places = strings.Split(s, ",")
	}
	l.deeds = append(l.deeds, r)
	return nil
}

func (l *language) answerRow(n int, f []string) error {
	if len(f) != 6 {
		return fmt.Errorf("want 6 columns, have %d", len(f))
	}
	r := answerRow{act: speech.Act(f[0]), side: f[1], matter: f[4] == "matter", example: f[5], key: fmt.Sprintf("surface/%s/%d", f[0], n)}
	if !r.act.Known() || !r.act.IsDenialOrNone() || r.side != "left" && r.side != "right" {
		return fmt.Errorf("unknown act or side: %s %s", f[0], f[1])
	}
	var err error
	if r.trigger, err = steps(f[2]); err != nil {
		return err
	}
	if f[3] != "-" {
		r.rest, err = steps(f[3])
	}
	l.answers = append(l.answers, r)
	return err
}

var folder = strings.NewReplacer("’", "'", "ё", "е", "أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ـ", "",
	"\u064b", "", "\u064c", "", "\u064d", "", "\u064e", "", "\u064f", "", "\u0650", "", "\u0651", "", "\u0652", "")

// fold brings spellings of one word together: case, apostrophes, vowel signs
// and the seats of hamza, which newspapers leave out or set at will.
func fold(s string) string { return folder.Replace(strings.ToLower(s)) }

func (l *language) is(key, word string) bool {
	re := l.words[key]
	return re != nil && re.MatchString(word)
}

func (l *language) any(word string, keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return l.is(k, word) })
}
