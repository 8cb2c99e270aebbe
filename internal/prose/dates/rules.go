package dates

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// rule is one line of rules.txt: "name: pattern => action key=value ...".
type rule struct {
	name   string
	code   []step
	action string
	args   map[string]string
	first  []int32 // symbols it can start with
	classF []classID
}

// step is one instruction of a compiled pattern.
type step struct {
	op   opcode
	sym  int32
	cl   classID
	a, b int // targets of a split, target of a jump
}

type opcode uint8

const (
	opSymbol opcode = iota
	opClass
	opSplit // try a, then b
	opJump
	opTight // no white space before the next atom
	opAhead // the next atom is this symbol, or not when b == 1; it is not taken
	opMatch
)

// readRules reads rules and macros ("@name = pattern").
func (l *language) readRules(raw string) error {
	macros := map[string]string{}
	return eachLine(raw, func(line string) error {
		if line[0] == '@' {
			name, body, ok := strings.Cut(line, "=")
			if !ok {
				return fmt.Errorf("macro without =")
			}
			macros[strings.TrimSpace(name)] = expand(strings.Fields(body), macros)
			return nil
		}
		head, action, ok := strings.Cut(line, "=>")
		name, pattern, ok2 := strings.Cut(head, ": ")
		if !ok || !ok2 {
			return fmt.Errorf("want \"name: pattern => action\"")
		}
		return l.addRule(strings.TrimSpace(name), expand(strings.Fields(pattern), macros), strings.Fields(action))
	})
}

func expand(fields []string, macros map[string]string) string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f
		if body, ok := macros[f]; ok {
			out[i] = body
		}
	}
	return strings.Join(out, " ")
}

func (l *language) addRule(name, pattern string, action []string) error {
	if len(action) == 0 || actions[action[0]] == nil {
		return fmt.Errorf("rule %s: unknown action %v", name, action)
	}
	r := rule{name: name, action: action[0], args: map[string]string{}}
	for _, kv := range action[1:] {
		k, v, ok := strings.Cut(kv, "=")
		if !ok {
			return fmt.Errorf("rule %s: argument %q", name, kv)
		}
		r.args[k] = v
	}
	p := patternParser{l: l, in: strings.Fields(pattern)}
	if err := p.sequence(""); err != nil {
		return fmt.Errorf("rule %s: %w", name, err)
	}
	r.code = append(p.code, step{op: opMatch})
	r.findFirst(0)
	l.rules = append(l.rules, r)
	return nil
}

// patternParser compiles: words, a|b, <class>, [ optional ], ( a | b ), ~ for
// "no white space here", ^a|b and !a|b for what follows and is not taken.
type patternParser struct {
	l    *language
	in   []string
	at   int
	code []step
}

func (p *patternParser) emit(s step) int {
	p.code = append(p.code, s)
	return len(p.code) - 1
}

func (p *patternParser) sequence(end string) error {
	for p.at < len(p.in) {
		f := p.in[p.at]
		if f == end || end != "" && f == "|" {
			return nil
		}
		p.at++
		if err := p.element(f); err != nil {
			return err
		}
	}
	if end != "" {
		return fmt.Errorf("missing %s", end)
	}
	return nil
}

func (p *patternParser) element(f string) error {
	switch {
	case f == "[":
		split := p.emit(step{op: opSplit})
		p.code[split].a = len(p.code)
		if err := p.choice("]"); err != nil {
			return err
		}
		p.code[split].b = len(p.code)
		return nil
	case f == "(":
		return p.choice(")")
	case f == "~":
		p.emit(step{op: opTight})
		return nil
	case len(f) > 1 && (f[0] == '^' || f[0] == '!'):
		return p.ahead(f)
	case len(f) > 1 && strings.Contains(f, "|"):
		alternatives := strings.Split(f, "|")
		p.in = append(p.in[:p.at:p.at], append(choiceOf(alternatives), p.in[p.at:]...)...)
		p.at++
		return p.choice(")")
	case f[0] == '<' && f[len(f)-1] == '>':
		c, ok := classNames[f[1:len(f)-1]]
		if !ok {
			return fmt.Errorf("unknown class %s", f)
		}
		p.emit(step{op: opClass, cl: c})
		return nil
	}
	p.emit(step{op: opSymbol, sym: p.l.symbol(foldWord(f))})
	return nil
}

// ahead compiles ^word|word (one of them follows) and !word|word (none does).
func (p *patternParser) ahead(f string) error {
	negative := 0
	if f[0] == '!' {
		negative = 1
	}
	words := strings.Split(f[1:], "|")
	var jumps []int
	for _, w := range words {
		look := step{op: opAhead, sym: p.l.symbol(foldWord(w)), b: negative}
		if negative == 1 {
			p.emit(look)
			continue
		}
		split := p.emit(step{op: opSplit, a: len(p.code) + 1})
		p.emit(look)
		jumps = append(jumps, p.emit(step{op: opJump}))
		p.code[split].b = len(p.code)
	}
	if negative == 0 {
		p.emit(step{op: opAhead, sym: -1})
	}
	for _, j := range jumps {
		p.code[j].a = len(p.code)
	}
	return nil
}

func choiceOf(alternatives []string) []string {
	out := []string{"("}
	for i, a := range alternatives {
		if i > 0 {
			out = append(out, "|")
		}
		out = append(out, a)
	}
	return append(out, ")")
}

func (p *patternParser) choice(end string) error {
	var jumps []int
	for {
		split := p.emit(step{op: opSplit})
		p.code[split].a = len(p.code)
		if err := p.sequence(end); err != nil {
			return err
		}
		jumps = append(jumps, p.emit(step{op: opJump}))
		p.code[split].b = len(p.code)
		sep := p.in[p.at]
		p.at++
		if sep == end {
			p.code[split] = step{op: opJump, a: split + 1}
			break
		}
	}
	for _, j := range jumps {
		p.code[j].a = len(p.code)
	}
	return nil
}

// findFirst collects what the pattern can start with, so that a rule is tried
// only there.
func (r *rule) findFirst(pc int) {
	switch s := r.code[pc]; s.op {
	case opSymbol:
		r.first = append(r.first, s.sym)
	case opClass:
		r.classF = append(r.classF, s.cl)
	case opSplit:
		r.findFirst(s.a)
		r.findFirst(s.b)
	case opJump:
		r.findFirst(s.a)
	case opTight, opAhead:
		r.findFirst(pc + 1)
	}
}

// index lists the rules by the symbol or digits they can start with.
func (l *language) index() {
	l.byFirst = make([][]int16, len(l.words))
	l.findKeys()
	for ri := range l.rules {
		r := &l.rules[ri]
		for _, s := range r.first {
			l.addFirst(s, ri)
		}
		for _, c := range r.classF {
			if c > lastWordClass {
				l.byDigits = appendOnce(l.byDigits, int16(ri))
			}
			for s := range l.words {
				if l.startsClass(int32(s), c) {
					l.addFirst(int32(s), ri)
				}
			}
		}
	}
}

// findKeys marks the words of time: every expression holds one of them or a
// digit. Words of the classes below only go with them, and so do the short words
// of rules.
func (l *language) findKeys() {
	l.key = make([]bool, len(l.words))
	literal := map[int32]bool{}
	for _, r := range l.rules {
		for _, s := range r.code {
			if s.op == opSymbol {
				literal[s.sym] = true
			}
		}
	}
	for name, sym := range l.symbols {
		long := utf8.RuneCountInString(name) >= 3 && name != "the"
		l.key[sym] = literal[sym] && long
		for _, w := range l.words[sym] {
			switch w.class {
			case clOne, clPrep, clSignal, clPast, clFuture, clPresent, clNotYear, clApprox, clMoney, clSuffix:
			default:
				l.key[sym] = true
			}
		}
	}
}

func (l *language) addFirst(sym int32, ri int) {
	l.byFirst[sym] = appendOnce(l.byFirst[sym], int16(ri))
}

func appendOnce(list []int16, v int16) []int16 {
	if len(list) > 0 && list[len(list)-1] == v {
		return list
	}
	return append(list, v)
}

func (l *language) startsClass(sym int32, c classID) bool {
	for _, w := range l.words[sym] {
		switch {
		case w.class == c:
			return true
		case c == clNum && (w.class == clOne || w.class == clTeens || w.class == clTens || w.class == clScale || w.class == clVague):
			return true
		case c == clOrdinal && (w.class == clOrd || w.class == clTens):
			return true
		}
	}
	return false
}

// match runs a rule from atom i and gives the atom after it, or -1. The first
// way through wins, so patterns put the longer way first.
func (l *language) match(r *rule, as []atom, i int, caps *captures) int {
	return l.run(r.code, as, 0, i, caps, 200)
}

func (l *language) run(code []step, as []atom, pc, i int, caps *captures, fuel int) int {
	for ; fuel > 0; fuel-- {
		s := &code[pc]
		switch s.op {
		case opMatch:
			return i
		case opJump:
			pc = s.a
			continue
		case opSplit:
			depth := caps.n
			if end := l.run(code, as, s.a, i, caps, fuel-1); end >= 0 {
				return end
			}
			caps.n = depth
			pc = s.b
			continue
		case opTight:
			if i < len(as) && as[i].gap {
				return -1
			}
		case opAhead:
			follows := i < len(as) && as[i].sym == s.sym
			if follows == (s.b == 1) {
				return -1
			}
		case opSymbol:
			if i >= len(as) || as[i].sym != s.sym {
				return -1
			}
			i++
		case opClass:
			var c capture
			j := l.read(as, i, s.cl, &c)
			if j < 0 {
				return -1
			}
			if !caps.push(s.cl, c) {
				return -1
			}
			i = j
		}
		pc++
	}
	return -1
}

func (r *rule) number(key string, otherwise int) int {
	if n, err := strconv.Atoi(r.args[key]); err == nil {
		return n
	}
	return otherwise
}
