package surface

import (
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// answers finds refusals, denials and non-confirmations of a sentence and
// holds them against what was told before.
func (r *reader) answers(s *line) {
	for i := 0; i < len(s.low); i++ {
		for k := range r.lang.answers {
			row := &r.lang.answers[k]
			n := s.match(row.trigger, i)
			if n == 0 {
				continue
			}
			h, j, ok := r.holder(s, row, i, i+n)
			if ok && r.answer(s, row.act, row.matter, &h, -1, i, j, row.key) {
				return
			}
		}
	}
	for k, a := range r.in.Speech {
		if a.Sentence != s.n || !a.Act.IsDenialOrNone() || a.Holder.Text == "" {
			continue
		}
		for i, t := range s.src.Tokens {
			if a.Cue.Overlaps(t.Span) {
				matter := a.Act == speech.Deny || a.Act == speech.PartlyDeny || a.Act == speech.CannotConfirm
				if r.answer(s, a.Act, matter, nil, k, i, i+1, "surface/speech") {
					return
				}
				break
			}
		}
	}
}

// holder finds who answers: before the trigger up to the last comma, an aside
// left out, or between trigger and rest. It gives the token behind the answer.
func (r *reader) holder(s *line, row *answerRow, i, j int) (Holder, int, bool) {
	a, b := i, i
	if row.side == "right" {
		a, b = j, j
		n := 0
		for ; b < len(s.low) && b-a < 9 && n == 0; b++ {
			if ends(s.low[b]) {
				return Holder{}, j, false
			}
			if row.rest == nil && (r.lang.any(s.low[b], "that", "stop", "oblique") || isComma(s.low[b])) {
				break
			}
			if row.rest != nil {
				if n = s.match(row.rest, b); n > 0 {
					break
				}
			}
		}
		if row.rest != nil && n == 0 {
			return Holder{}, j, false
		}
		j = b + n
	} else {
		if row.rest != nil {
			return Holder{}, j, false
		}
		if b > 0 && isComma(s.low[b-1]) {
			for b--; b > 0 && !isComma(s.low[b-1]); b-- {
			}
			b--
		}
		if b < 1 {
			return Holder{}, j, false
		}
		for a = b; a > 0 && !isComma(s.low[a-1]) && !ends(s.low[a-1]); a-- {
		}
		a, b = r.unquoted(s, a, b)
	}
	if b <= a || b-a > 12 {
		return Holder{}, j, false
	}
	return Holder{Span: s.span(a, b), Kind: r.kindOf(s, a, b), Cue: s.span(i, min(j, len(s.low))).Of(r.in.Document.Text)}, j, true
}

// kindOf reads the kind of a holder off the first of its words that tells it.
func (r *reader) kindOf(s *line, a, b int) speech.HolderKind {
	for k := a; k < b; k++ {
		for _, x := range r.lang.kinds {
			if x.words.MatchString(s.low[k]) {
				return x.kind
			}
		}
	}
	return speech.PersonH
}

// unquoted goes back over a name in quotation marks to the words before it:
// who was asked stands there, and not the paper that asked.
func (r *reader) unquoted(s *line, a, b int) (int, int) {
	if a < b || a == 0 || s.low[a-1] != "»" && s.low[a-1] != "”" {
		return a, b
	}
	for a--; a > 0 && s.low[a-1] != "«" && s.low[a-1] != "“"; a-- {
	}
	b = max(a-1, 0)
	for a = b; a > 0 && !isComma(s.low[a-1]) && !ends(s.low[a-1]); a-- {
	}
	return a, b
}

// aboutNothing is how many words may stand behind an answer that names no
// matter ("immediately", "for security reasons"); answerReach how many
// sentences lie between deed and answer at most.
const aboutNothing, answerReach = 4, 15

// answer keeps an answer to a deed told before: the first of the article for
// silence, else the last of the kind that the words behind the trigger name.
func (r *reader) answer(s *line, act speech.Act, matter bool, h *Holder, attribution, i, j int, rule string) bool {
	family, named := "", false
	_, to := r.clause(s, i, j)
	for k := j; k < to; k++ {
		for _, f := range []string{"TRV", "MET", "ARM", "AST", "FIN", "OFF"} {
			if family == "" && r.lang.is("noun:"+f, s.low[k]) {
				family, named = f, true
			}
		}
		named = named || r.lang.is("report", s.low[k])
	}
	if !named && (matter || to-j > aboutNothing) {
		return false // what is withheld or denied is a matter of its own
	}
	best := -1
	for n, d := range r.found {
		if d.Act.IsDenialOrNone() || d.Sentence > s.n || d.Sentence < s.n-answerReach || d.Polarity == "-" || family != "" && d.Activity.Family() != family {
			continue
		}
		if best < 0 || act != speech.NoComment && act != speech.NoResponse {
			best = n
		}
	}
	if best < 0 {
		return false
	}
	d := r.found[best]
	d.Act, d.Scope, d.Certainty = act, "whole", speech.Uncommitted
	if act == speech.Deny || act == speech.PartlyDeny {
		d.Polarity, d.Certainty = "-", speech.Certain
	}
	d.Attribution, d.Holder, d.Said = attribution, h, nil
	d.Evidence, d.Sentence, d.Rule, d.Trigger = s.src.Span, s.n, rule, s.span(i, min(j, len(s.low)))
	r.found = append(r.found, d)
	return true
}
