package report

import (
	"html/template"
	"strings"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// Quotation is one numbered quotation of a case file: words of an article with
// what they are evidence of, and the copies that carry the same words.
type Quotation = evidence

// Quotations gives the evidence of the case file in the order of its numbers.
func (f File) Quotations() []*Quotation { return f.evidenceOf() }

// Words gives templates the words in which a case file is told, so that pages
// and files say the same thing in the same way.
func Words() template.FuncMap {
	return template.FuncMap{
		"what": what, "dates": dates, "day": day, "count": count, "join": strings.Join, "verdict": verdictWords, "interval": interval,
		"reasons": reasons, "basis": orUnstated, "label": articleLabel,
		"review":       func(f File) string { return orElse(f.Review, "not reviewed") },
		"outlet":       func(f File, id string) string { return f.outletOf(id) },
		"act":          func(a speech.Act, scope string) string { return actWords(string(a), scope) },
		"where":        func(f File, e *evidence) string { return f.where(e.Article, e.Start, e.End) },
		"evidence":     File.evidenceOf,
		"who":          func(e *evidence) string { return strings.ReplaceAll(e.who(), " > ", " → ") },
		"outlets":      func(f File, r cases.Reply) string { return f.outletsOf(r.Articles, r.Article) },
		"identity":     identityWords,
		"flag":         flagWords,
		"title":        title,
		"grades":       sourceGrades,
		"items":        itemGrades,
		"sources":      File.marked,
		"alternatives": alternatives, "said": said, "descriptors": File.descriptors,
		"tree": SourceTree, "timeline": DrawnTimeline, "map": DrawnMap,
		"standard": func() string { return EvidenceStandard },
	}
}
