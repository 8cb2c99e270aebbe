package origins

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/prose/speech"
)

// dealt finds the relative clause of somebody who had to do with the man
// himself: "a customs officer who stamped his passport", "an aid worker who
// spoke to him", "a fisherman who helped to unload it".
var dealt = regexp.MustCompile(`(?i)\bwho (?:had |himself |herself |also |once |twice )?(\w+) (?:to (?:\w+ )?|with |beside |next to |for |behind )?(?:him|her|them|it|his|their)\b`)

// witnessVerbs that do not end in -ed.
var witnessVerbs = words(`saw met drove flew took gave led held sat stood spoke sold brought ate shook rode rowed hid taught fed drew spent lent ran`)

// notSeeing are verbs of people who know of somebody without having seen what
// is told.
var notSeeing = words(`represented advised supported defended criticised criticized investigated accused briefed named tracked monitored studied
	followed opposed praised described called mentioned sanctioned listed appointed employed worked asked replied answered wanted believed claimed`)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// sawHim: the words describe the holder as one who was there.
func sawHim(text string) bool {
	for _, m := range dealt.FindAllStringSubmatch(text, -1) {
		v := strings.ToLower(m[1])
		if witnessVerbs[v] || strings.HasSuffix(v, "ed") && !notSeeing[v] {
			return true
		}
	}
	return false
}

// selfTold finds a deed of the speaker himself: "said that she spoke with
// General X". Group 1 is his verb, group 2 what stands up to the next mark.
var selfTold = regexp.MustCompile(`\b(?:said|says|told [^,.]{2,40}|recalled|recalls|testified) (?:on \w+day )?(?:that )?(?:he|she|they) (?:had |also |then )?(\w+) ([^.,;]{2,90})`)

// dealtWith: the speaker tells of himself that he did something with the
// party, who is named behind his verb.
func dealtWith(t *happenings.Told) bool {
	for _, m := range selfTold.FindAllStringSubmatch(t.Quote(), -1) {
		v := strings.ToLower(m[1])
		if !witnessVerbs[v] && (!strings.HasSuffix(v, "ed") || notSeeing[v]) {
			continue
		}
		behind := strings.Fields(Fold(m[2]))
		for _, p := range t.Players {
			if p.Party != t.Subject || p.Surface == "" {
				continue
			}
			name := strings.Fields(Fold(p.Surface))
			if slices.Contains(behind, name[len(name)-1]) {
				return true
			}
		}
	}
	return false
}

var (
	quoted   = regexp.MustCompile(`["“«]([^"”»]{8,400})["”»]`)
	myself   = regexp.MustCompile(`(?i)\b(?:I|me|we|us|my|our)\b`)
	theOther = regexp.MustCompile(`(?i)\b(?:he|him|his|she|her|they|them|their)\b`)
	// hearing of it, holding views on it, speaking for an office.
	secondHand = regexp.MustCompile(`(?i)\b(?:I|we) (?:have |had |do |did |can |could |will |would |am |are |was |were |also |only |just )*(?:not|n't|never|no|heard|told|think|thought|believe|believed|know|knew|hope|understand|understood|suppose|assume|read|learned|deny|denied|reject|condemn|cannot|expect|want|call|ask|believe|see|look|support)\b`)
	myDeed     = regexp.MustCompile(`(?i)\b(?:I|we) (\w+)\b`)
)

// toldOwn: the article quotes the holder in the first person on what he did or
// saw: "I gave him water at the bridge", "He sat beside me".
func toldOwn(article string, names map[string]bool) bool {
	for _, m := range quoted.FindAllStringSubmatchIndex(article, -1) {
		words := article[m[2]:m[3]]
		if !myself.MatchString(words) || secondHand.MatchString(words) || !theOther.MatchString(words) && !did(words) {
			continue
		}
		if byHolder(around(article, m[0], m[1]), names) {
			return true
		}
	}
	return false
}

func did(words string) bool {
	for _, m := range myDeed.FindAllStringSubmatch(words, -1) {
		v := strings.ToLower(m[1])
		if witnessVerbs[v] || strings.HasSuffix(v, "ed") && !notSeeing[v] {
			return true
		}
	}
	return false
}

// watched finds the man of whom a sentence says that he was there: "Captain
// Elias Toubia was in the room when ...", "The surveyor Naji Frem stood in the
// garden as ...". Group 1 is his name.
var watched = regexp.MustCompile(`^\W*(?:[\p{L}'’.-]+ ){0,5}?((?:\p{Lu}[\p{L}'’-]+ )(?:(?:al|bin|ben|van|von|de|da|el|ould)[ -])?\p{Lu}[\p{L}'’-]+)(?:, [^,]{2,60},)? (?:was|stood|sat|watched|waited|worked|knelt|looked on|stayed) [^.]{0,80}?\b(?:when|as|while)\b`)

// saying are the verbs by which such a man tells it himself.
var saying = regexp.MustCompile(`\b(?:said|says|told|tells|recalled|recalls|remembered|remembers|added|adds)\b`)

// nobody stands for a claim that no informant of its article tells.
const nobody = "-"

// remember works out once for a claim in the outlet's own voice whose account
// it is: that of the man who by its words was there, or whose tale it stands in.
func (g *Gatherer) remember(t *happenings.Told) {
	by := g.bystander(t)
	if by == "" {
		by = g.narrator(t)
	}
	if by == "" {
		by = nobody
	}
	if g.told == nil {
		g.told = map[*happenings.Told]string{}
	}
	g.told[t] = by
}

// telling finds a named man with a verb of saying: "says Joseph Hanna".
var telling = regexp.MustCompile(`\b(?:said|says|recalls|recalled|remembers|remembered|told|tells) ((?:\p{Lu}[\p{L}'’-]+ ){1,2}\p{Lu}[\p{L}'’-]+)\b|\b((?:\p{Lu}[\p{L}'’-]+ ){1,2}\p{Lu}[\p{L}'’-]+),? (?:said|says|recalls|recalled|remembers|remembered)\b`)

// goesOn finds the same man again behind: "says the notary", "he says".
var goesOn = regexp.MustCompile(`\b(?:says|said|recalls|recalled|adds|added),? (?:the \p{Ll}+|he|she)\b|\b(?:he|she|the \p{Ll}+) (?:says|said|recalls|recalled|adds|added)\b`)

// before and behind are how many bytes of text around a claim are looked at for
// whose tale it stands in.
const before, behind = 600, 260

// narrator is the one man between two of whose sayings a claim in the outlet's
// own voice stands, if his tale shows that he was there or holds the paper; ""
// where there is none, or several, or it is the party itself.
func (g *Gatherer) narrator(t *happenings.Told) string {
	text := t.Doc.Text
	head := text[max(0, t.Evidence.Start-before):t.Evidence.Start]
	found := telling.FindAllStringSubmatch(head, -1)
	next := text[t.Evidence.End:min(len(text), t.Evidence.End+behind)]
	if i := strings.IndexAny(strings.TrimLeft(next, " \n"), ".!?"); i >= 0 {
		next = strings.TrimLeft(next, " \n")[:i]
	}
	if len(found) == 0 || !goesOn.MatchString(next) {
		return ""
	}
	name := ""
	for _, m := range found {
		n := m[1] + m[2]
		if name != "" && !NameWithin(HolderWords(name), HolderWords(n)) {
			return ""
		}
		name = n
	}
	for _, p := range t.Players {
		if p.Party != "" && NameWithin(HolderWords(p.Name), HolderWords(name)) {
			return ""
		}
	}
	tale := head + t.Quote() + next
	for _, basis := range []string{"witnessed", "participant"} {
		if _, ok := Says(tale, basis); ok {
			return name
		}
	}
	return ""
}

// bystander is the man who by the outlet's own words was there, if the article
// goes on to quote him; "" where there is none. The party itself is none.
func (g *Gatherer) bystander(t *happenings.Told) string {
	m := watched.FindStringSubmatch(t.Quote())
	if m == nil {
		return ""
	}
	words := HolderWords(m[1])
	for _, p := range t.Players {
		if p.Party != "" && NameWithin(HolderWords(p.Name), words) {
			return ""
		}
	}
	last := words[len(words)-1:]
	if f := strings.Fields(m[1]); len(f) > 0 {
		last = HolderWords(f[len(f)-1])
	}
	if len(last) == 0 {
		return ""
	}
	for _, s := range quoted.FindAllStringSubmatchIndex(t.Doc.Text, -1) {
		beside := around(t.Doc.Text, s[0], s[1])
		if saying.MatchString(beside) && byHolder(beside, map[string]bool{last[0]: true}) {
			return m[1]
		}
	}
	return ""
}

// around gives the words of the sentence before and behind a quotation.
func around(text string, from, to int) string {
	before := text[max(0, from-160):from]
	if i := strings.LastIndexAny(before, ".!?\n"); i >= 0 {
		before = before[i+1:]
	}
	after := text[to:min(len(text), to+160)]
	if i := strings.IndexAny(after, "\n"); i >= 0 {
		after = after[:i]
	}
	if i := strings.Index(after, ". "); i >= 0 {
		after = after[:i]
	}
	return before + " " + after
}

func byHolder(beside string, names map[string]bool) bool {
	for _, w := range strings.Fields(Fold(beside)) {
		if names[Singular(w)] {
			return true
		}
	}
	return false
}

// speaksForHimself: a person whose own experience can be evidence; an office,
// an outlet or a document has none.
func speaksForHimself(k speech.HolderKind) bool {
	return k == speech.PersonH || k == speech.Anonymous || k == speech.Official || k == ""
}
