package un

import (
	"regexp"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/fields"
	"github.com/reportedly/reportedly/internal/party"
)

var (
	// "Listed pursuant to paragraphs 15 and 17 of resolution 1970 (Travel Ban,
	// Asset Freeze)"; "Listed on 17 March 2011 pursuant to ... (Asset Freeze)";
	// "(targeted arms embargo)".
	bracketed = regexp.MustCompile(`(?i)(Listed on (\d{1,2} [A-Z][a-z]+\.? \d{4}) )?(Listed )?(pursuant[^()]{0,120})?\(([^()]*(?:travel\s+ban|asset\s+freeze|arms\s+embargo)[^()]*)\)`)
	oldRef    = regexp.MustCompile(`\[Old Reference ?#? ?([^\]]+)\]`)
	entryRef  = regexp.MustCompile(`\(\s*(?:permanent reference number\s*)?([A-Z]{2}[ie]\.\d{3})\s*\)`)
	url       = regexp.MustCompile(`https?://[^\s,;)\]]+`)
	genderOf  = regexp.MustCompile(`(?i)\b(?:gender|sex)\s*:?\s*(male|female)\b`)
	imoOf     = regexp.MustCompile(`(?i)\bIMO (?:number|no\.?)\s*:?\s*(\d{7})\b`)
)

// stated reads the measures that COMMENTS1 names in brackets, with the date
// and paragraph where it gives them.
func stated(comment string) []party.StatedMeasure {
	// The guards before the expressions halve the time of a whole list.
	if !strings.Contains(comment, "(") || !anyOf(comment, "Ban", "ban", "reeze", "mbargo") {
		return nil
	}
	var out []party.StatedMeasure
	for _, m := range bracketed.FindAllStringSubmatch(comment, -1) {
		var from calendar.Date
		if m[2] != "" {
			from, _ = fields.Date(m[2], fields.DayFirst)
		}
		for _, s := range fields.Stated(m[5]) {
			s.From, s.Note = from, strings.TrimSpace(m[4])
			out = append(out, s)
		}
	}
	return out
}

// comments keeps the comment whole and takes from it what the elements of the
// entry do not carry.
func (p *parser) comments(e *party.Party, text string) {
	if text == "" {
		return
	}
	e.Notes = append(e.Notes, text)
	d := &e.Designations[0]
	if strings.Contains(text, "[Old") {
		for _, m := range oldRef.FindAllStringSubmatch(text, -1) {
			d.CrossRefs = append(d.CrossRefs, strings.TrimSpace(m[1]))
		}
	}
	if strings.Contains(text, "://") {
		for _, link := range url.FindAllString(text, -1) {
			addLink(e, strings.TrimRight(link, "."))
		}
	}
	if e.Gender == "" && e.Schema == party.Person && anyOf(text, "ender", "ex:", "ex :") {
		if m := genderOf.FindStringSubmatch(text); m != nil {
			e.Gender = strings.ToLower(m[1])
		}
	}
	if strings.Contains(text, "IMO") {
		if m := imoOf.FindStringSubmatch(text); m != nil {
			e.Documents = append(e.Documents, party.Document{Kind: "imo", Number: m[1], Text: m[0]})
		}
	}
	relations(e, text)
}

func anyOf(text string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// relations turns "Al-Qaida (QDe.004)" into a link to that entry. What the
// link is stands in the words before it, which are kept as a note; only family
// words are safe enough to name it.
func relations(e *party.Party, text string) {
	for _, m := range entryRef.FindAllStringSubmatchIndex(text, -1) {
		ref := text[m[2]:m[3]]
		target := List + ":" + ref
		if target == e.ID {
			continue
		}
		before := text[max(0, m[0]-160):m[0]]
		if i := strings.LastIndexAny(before, ".;()"); i >= 0 {
			before = before[i+1:]
		}
		before = strings.ToValidUTF8(strings.TrimSpace(before), "")
		r := party.Relation{Kind: "linked-to", Target: target, Note: before, Name: trailingName(before)}
		low := strings.ToLower(before)
		for _, cue := range []string{"brother of", "son of", "father of", "wife of", "married to", "brother-in-law of", "sister of", "daughter of", "cousin of", "son-in-law of"} {
			if strings.Contains(low, cue) {
				r.Kind = "family"
			}
		}
		e.Relations = append(e.Relations, r)
	}
}

// trailingName is the run of capitalised words at the end of the text.
func trailingName(text string) string {
	words := strings.Fields(text)
	i := len(words)
	for i > 0 {
		w := strings.TrimLeft(words[i-1], "‘'’“\"(")
		lower := w != "" && w[0] >= 'a' && w[0] <= 'z'
		particle := w == "al" || w == "bin" || w == "ibn" || strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "el-")
		if lower && !particle {
			break
		}
		i--
	}
	for i < len(words) && words[i] == "al" {
		i++
	}
	return strings.Trim(strings.Join(words[i:], " "), " ,:")
}
