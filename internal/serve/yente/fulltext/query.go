package fulltext

import "strings"

// Query is a text search: each clause must be met by one of its terms.
type Query struct {
	all     [][]term
	not     []term
	phrases [][]string
}

type term struct {
	word, raw     string
	field         string // "" = anywhere
	prefix, fuzzy bool
}

// maxTerms bounds what one search can cost.
const maxTerms = 64

// Parse reads the part of Lucene's query syntax that people use: words
// (all must be there), OR, NOT and "-", "phrases", field:word, word*, word~.
// In simple syntax "|" is OR, and fields do not exist. Nothing is an error: what
// is no operator is a word.
func Parse(text string, fuzzy, simple bool) Query {
	var q Query
	or, not := false, false
	for _, piece := range pieces(text) {
		switch piece {
		case "AND", "&&", "+":
			continue
		case "OR", "||", "|":
			or = true
			continue
		case "NOT", "!":
			not = true
			continue
		}
		if rest, ok := strings.CutPrefix(piece, "-"); ok && rest != "" {
			piece, not = rest, true
		}
		piece = strings.TrimPrefix(piece, "+")
		for i, t := range termsOf(piece, fuzzy, simple) {
			switch {
			case len(q.all)+len(q.not) >= maxTerms:
				return q
			case not:
				q.not = append(q.not, t)
			case or && i == 0 && len(q.all) > 0:
				last := len(q.all) - 1
				q.all[last] = append(q.all[last], t)
			default:
				q.all = append(q.all, []term{t})
			}
		}
		if inner, ok := quoted(piece); ok && !not {
			if ws := Tokens(inner); len(ws) > 1 {
				q.phrases = append(q.phrases, ws)
			}
		}
		or, not = false, false
	}
	return q
}

func quoted(s string) (string, bool) {
	if i := strings.IndexByte(s, '"'); i >= 0 {
		return strings.Trim(s[i:], `"`), true
	}
	return s, false
}

// pieces cuts at blanks and brackets outside quotation marks.
func pieces(s string) []string {
	var out []string
	var cur strings.Builder
	inside := false
	end := func() {
		if cur.Len() > 0 {
			out = append(out, cur.String())
			cur.Reset()
		}
	}
	for _, r := range s {
		switch {
		case r == '"':
			inside = !inside
			cur.WriteRune(r)
		case !inside && (r == ' ' || r == '\t' || r == '\n' || r == '(' || r == ')'):
			end()
		default:
			cur.WriteRune(r)
		}
	}
	end()
	return out
}

// fields that may stand before a colon.
func isField(f string) bool {
	switch f {
	case "schema", "datasets", "topics", "countries", "names", "identifiers", "dates", "addresses", "genders", "emails", "phones", "caption", "id", "entity_id":
		return true
	}
	return strings.HasPrefix(f, "properties.")
}

func termsOf(piece string, fuzzy, simple bool) []term {
	field := ""
	if f, rest, ok := strings.Cut(piece, ":"); ok && !simple && isField(f) {
		field, piece = f, rest
	}
	piece, isQuoted := quoted(piece)
	own := fuzzy && !isQuoted
	if cut := strings.TrimRight(piece, "~0123456789"); strings.HasPrefix(piece[len(cut):], "~") && cut != "" {
		piece, own = cut, true
	}
	wild := strings.HasSuffix(piece, "*")
	piece = strings.TrimRight(piece, "*?")
	if field == "schema" || field == "topics" || field == "datasets" {
		return []term{{word: strings.ToLower(piece), raw: piece, field: field}}
	}
	var out []term
	ws := Tokens(piece)
	for i, w := range ws {
		out = append(out, term{word: w, raw: piece, field: field, fuzzy: own, prefix: wild && i == len(ws)-1})
	}
	return out
}

// Prefix is the query for names that hold all words of a text, the last one
// perhaps begun only.
func Prefix(text string) (Query, bool) {
	var q Query
	ws := Tokens(text)
	for i, w := range ws[:min(len(ws), maxTerms)] {
		q.all = append(q.all, []term{{word: w, field: "names", prefix: i == len(ws)-1}})
	}
	return q, len(ws) > 0
}
