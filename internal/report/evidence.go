package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/ratings"
	"github.com/reportedly/reportedly/internal/echoes"
)

// evidence is one quotation with what it is evidence of, and the copies that
// carry the same words.
type evidence struct {
	cases.ClaimLine          // as it stands first
	On              []string // elements it bears on
	Also            []string // "The Saltmarsh Tribune (verbatim)"
	Claims          []string // ids of all claims folded into it
	firstHand, copy bool
}

// evidenceOf folds the claims of a case into quotations: claims of one sentence
// stand as one, and words that a copy repeats stand once, where they were
// printed first. Reports come before replies, first-hand origins first, then
// original articles before copies, what the case is headed by before the rest, and the fullest words.
func (f File) evidenceOf() []*evidence {
	refs := map[string]cases.ArticleRef{}
	for _, a := range f.Case.Articles {
		refs[a.ID] = a
	}
	first := map[string]bool{}
	for _, o := range f.Case.Origins {
		first[o.ID] = o.FirstHand
	}
	var out []*evidence
	for _, c := range f.Case.Claims {
		if e := foldInto(out, c, refs); e != nil {
			e.Claims = append(e.Claims, c.ID)
			if !slices.Contains(e.On, c.Element) {
				e.On = append(e.On, c.Element)
			}
			if a := refs[c.Article]; c.Article != e.Article {
				label := cmp.Or(a.Outlet, "outlet not stated") + " (" + a.Relation + ")"
				if !slices.Contains(e.Also, label) {
					e.Also = append(e.Also, label)
				}
			}
			continue
		}
		out = append(out, &evidence{ClaimLine: c, On: []string{c.Element}, Claims: []string{c.ID}, firstHand: first[c.Origin], copy: echoes.Relation(refs[c.Article].Relation).IsCopy()})
	}
	head := ""
	if len(f.Case.Elements) > 0 {
		head = f.Case.Elements[0].Name
	}
	slices.SortStableFunc(out, func(a, b *evidence) int {
		return cmp.Or(order(!a.Act.IsDenialOrNone())-order(!b.Act.IsDenialOrNone()), order(a.firstHand)-order(b.firstHand), order(!a.copy)-order(!b.copy), order(a.On[0] == head)-order(b.On[0] == head), len(b.Quote)-len(a.Quote))
	})
	return out
}

func order(before bool) int {
	if before {
		return 0
	}
	return 1
}

// foldInto finds the quotation that a claim repeats: the same words with the
// same act, in the same article or in a copy of its text.
func foldInto(es []*evidence, c cases.ClaimLine, refs map[string]cases.ArticleRef) *evidence {
	words := foldWords(c.Quote)
	for _, e := range es {
		if e.Act != c.Act || e.Aspect != c.Aspect || e.Polarity != c.Polarity || foldWords(e.Quote) != words || len(words) == 0 {
			continue
		}
		if e.Article == c.Article && slices.Equal(e.Chain, c.Chain) || e.Article != c.Article && (copiesText(refs[c.Article].Relation) || copiesText(refs[e.Article].Relation)) {
			return e
		}
	}
	return nil
}

func foldWords(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// copiesText: the relation takes over words, not only the story.
func copiesText(relation string) bool {
	switch echoes.Relation(relation) {
	case echoes.SameCapture, echoes.Verbatim, echoes.EditedCopy, echoes.OwnUpdate:
		return true
	}
	return false
}

// who says it, by the words of the text.
func (e *evidence) who() string {
	if len(e.Chain) == 0 {
		return "in the outlet's own voice"
	}
	return strings.Join(e.Chain, " > ")
}

// outletsOf names the articles that carry a reply, the first with its day.
func (f File) outletsOf(ids []string, at string) string {
	out := f.outletOf(at)
	var also []string
	for _, id := range ids {
		for _, a := range f.Case.Articles {
			name := cmp.Or(a.Outlet, "outlet not stated")
			if a.ID == id && id != at && !strings.HasPrefix(out, name+", ") && !slices.Contains(also, name) {
				also = append(also, name)
			}
		}
	}
	if len(also) > 0 {
		out += "; also in " + strings.Join(also, ", ")
	}
	return out
}

// sourceGrades puts people's grades of the sources into words.
func sourceGrades(c cases.Case) string {
	var rated []string
	unrated := 0
	for _, s := range c.Ratings.Sources {
		if s.Grade == ratings.NotRated {
			unrated++
			continue
		}
		rated = append(rated, fmt.Sprintf("%s %s, rated by %s on %s", s.Source, s.Grade, s.By, day(s.From)))
	}
	if unrated > 0 || len(rated) == 0 {
		rest := "all sources"
		if len(rated) > 0 {
			rest = "the others"
		}
		rated = append(rated, rest+" "+ratings.NotRated.String()+", nobody has rated them")
	}
	return strings.Join(rated, "; ")
}

// itemGrades puts people's grades of single claims into words; n is the number
// under which a claim is shown.
func itemGrades(f File) string {
	var out []string
	es := f.evidenceOf()
	for _, i := range f.Case.Ratings.Items {
		for n, e := range es {
			if e.ID == i.Claim {
				out = append(out, fmt.Sprintf("[%d] %s, by %s: %s", n+1, i.Grade, i.By, i.Why))
			}
		}
	}
	rest := "all items"
	if len(out) > 0 {
		rest = "the others"
	}
	out = append(out, rest+" "+ratings.NotJudged.String())
	for _, r := range f.Case.Ratings.Refused {
		out = append(out, "a grade was not given: "+r)
	}
	return strings.Join(out, "; ")
}
