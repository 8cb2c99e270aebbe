package frames

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/activity"
)

// roles that a slot may fill.
var roles = map[string]bool{
	"traveller": true, "participant": true, "supplier": true, "recipient": true, "carrier": true, "payer": true,
	"beneficiary": true, "holder": true, "buyer": true, "authority": true, "actor": true, "target": true,
	"from": true, "to": true, "place": true, "via": true, "item": true, "amount": true, "purpose": true,
}

// types that a slot may ask for, beside @CLASS.
var types = map[string]bool{"any": true, "person": true, "party": true, "state": true, "listed": true, "place": true, "toponym": true, "money": true}

// settings that "set" may give.
var settings = map[string]bool{"aspect": true, "polarity": true, "certainty": true, "act": true, "keep": true, "seat": true}

// lines gives the statements of a text with their line numbers.
func lines(text string, do func(n int, line string) error) error {
	for n, line := range strings.Split(text, "\n") {
		if i := strings.Index(line, "#"); i >= 0 && !strings.Contains(line[:i], `"`) {
			line = line[:i]
		}
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if err := do(n+1, line); err != nil {
			return err
		}
	}
	return nil
}

func (l *Language) readFrames(name, text string) error {
	var code activity.Code
	var p *Pattern
	closePattern := func() {
		if p != nil {
			l.Patterns = append(l.Patterns, *p)
		}
		p = nil
	}
	err := lines(text, func(n int, line string) error {
		word, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		at := fmt.Sprintf("%s:%d", name, n)
		switch word {
		case "frame":
			closePattern()
			code = activity.Code(rest)
			return nil
		case "pattern":
			closePattern()
			p = &Pattern{Code: code, Name: rest, Set: map[string]string{}, Source: at}
			return nil
		}
		if p == nil {
			return fmt.Errorf("frames: %s: %q stands outside a pattern", at, word)
		}
		if err := p.statement(word, rest); err != nil {
			return fmt.Errorf("frames: %s: %w", at, err)
		}
		return nil
	})
	closePattern()
	return err
}

func (p *Pattern) statement(word, rest string) error {
	switch word {
	case "verb":
		p.Verbs = append(p.Verbs, triggers(rest)...)
	case "noun":
		p.Nouns = append(p.Nouns, triggers(rest)...)
	case "adj":
		p.Adjectives = append(p.Adjectives, triggers(rest)...)
	case "voice":
		if rest != "active" && rest != "passive" {
			return fmt.Errorf("no voice %q", rest)
		}
		p.Voice = rest
	case "need":
		p.Needs = append(p.Needs, strings.Split(rest, "|"))
	case "if", "unless":
		g, err := guard(rest)
		g.Unless = word == "unless"
		p.Guards = append(p.Guards, g)
		return err
	case "set":
		for _, f := range strings.Fields(rest) {
			k, v, ok := strings.Cut(f, "=")
			if !ok || !settings[k] {
				return fmt.Errorf("set: %q is no setting", f)
			}
			p.Set[k] = v
		}
	case "yes", "no":
		s, err := strconv.Unquote(rest)
		if err != nil {
			return fmt.Errorf("%s: %q is not quoted", word, rest)
		}
		if word == "yes" {
			p.Yes = append(p.Yes, s)
		} else {
			p.No = append(p.No, s)
		}
	default:
		s, err := slot(word, rest)
		p.Slots = append(p.Slots, s)
		return err
	}
	return nil
}

func slot(word, rest string) (Slot, error) {
	role, needed := strings.CutSuffix(word, "!")
	if !roles[role] {
		return Slot{}, fmt.Errorf("no role or statement %q", word)
	}
	f := strings.Fields(rest)
	if len(f) < 1 || len(f) > 2 {
		return Slot{}, fmt.Errorf("%s: want paths and a type, have %q", role, rest)
	}
	s := Slot{Role: role, Needed: needed, Paths: strings.Split(f[0], ","), Type: "any"}
	if len(f) == 2 {
		s.Type = f[1]
	}
	for _, t := range strings.Split(s.Type, "/") {
		if !types[t] && !strings.HasPrefix(t, "@") {
			return Slot{}, fmt.Errorf("%s: no type %q", role, t)
		}
	}
	return s, nil
}

func guard(rest string) (Guard, error) {
	f := strings.Fields(rest)
	if len(f) != 2 {
		return Guard{}, fmt.Errorf("guard: want paths and words, have %q", rest)
	}
	g := Guard{Paths: strings.Split(f[0], ",")}
	if strings.HasPrefix(f[1], "@") {
		for _, c := range strings.Split(f[1], "/") {
			g.Classes = append(g.Classes, strings.TrimPrefix(c, "@"))
		}
		return g, nil
	}
	if f[1] == "*" {
		g.Type = "any"
		return g, nil
	}
	if t, ok := strings.CutPrefix(f[1], "="); ok {
		if !types[t] {
			return g, fmt.Errorf("guard: no type %q", t)
		}
		g.Type = t
		return g, nil
	}
	g.Lemmas = map[string]bool{}
	for _, w := range strings.Split(f[1], ",") {
		g.Lemmas[w] = true
	}
	return g, nil
}

func triggers(rest string) []Trigger {
	var out []Trigger
	for _, f := range strings.Fields(rest) {
		t := Trigger{Lemma: f}
		if a, b, ok := strings.Cut(f, "+"); ok {
			t = Trigger{Lemma: a, Particle: b}
		} else if a, b, ok := strings.Cut(f, "/"); ok {
			t = Trigger{Lemma: a, Object: b}
		} else if a, b, ok := strings.Cut(f, "_"); ok {
			t = Trigger{Lemma: b, Before: a}
		}
		out = append(out, t)
	}
	return out
}

var effects = map[Effect]bool{Planned: true, Attempted: true, Hypothetical: true, Ongoing: true, Completed: true, Negative: true, Prevented: true, Probable: true, Possible: true, Refuted: true, Knowledge: true, Unknown: true, Knowing: true}

// readVerbs takes lines "light: make pay ..." and "planned: plan hope ...".
func (l *Language) readVerbs(name, text string) error {
	return lines(text, func(n int, line string) error {
		key, rest, ok := strings.Cut(line, ":")
		if !ok || (key != "light" && !effects[Effect(key)]) {
			return fmt.Errorf("frames: %s:%d: want light or an effect with words, have %q", name, n, line)
		}
		for _, w := range strings.Fields(rest) {
			if key == "light" {
				l.Light[w] = true
			} else {
				l.Effects[w] = Effect(key)
			}
		}
		return nil
	})
}
