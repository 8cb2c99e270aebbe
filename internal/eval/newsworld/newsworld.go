package newsworld

import (
	"fmt"
	"hash/fnv"
	"math/rand"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/activity"
	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/prose/speech"
	"github.com/reportedly/reportedly/internal/story"
)

// Piece is one article as it was read.
type Piece struct {
	Article  story.Article
	Mentions mentions.Result
	Claims   []claims.Claim
}

// Options of a world.
type Options struct {
	Parties  int
	Outlets  int
	Naming   float64       // share of the stories that tell of a listed party
	Every    time.Duration // between two articles
	Sentence int           // sentences of a fresh story
	Seed     int64
}

// World makes pieces.
type World struct {
	// Parties is the list; of every ten neighbours two share a name.
	Parties []party.Party

	o       Options
	rng     *rand.Rand
	words   *rand.Zipf
	who     *rand.Zipf
	n       int
	recent  []tale
	surname []string
}

// tale is a piece with what later ones need of it.
type tale struct {
	Piece
	sentences []sentence
	party     int // -1: nobody
	open      bool
}

// sentence of a tale; one with a claim tells a deed.
type sentence struct {
	text string
	deed *deed
}

type deed struct {
	activity activity.Code
	country  string
	when     calendar.Window
	act      speech.Act
	holder   string
	kind     speech.HolderKind
}

// New makes a world.
func New(o Options) *World {
	w := &World{o: o, rng: rand.New(rand.NewSource(o.Seed))}
	w.words = rand.NewZipf(w.rng, 1.05, 8, 60_000)
	w.who = rand.NewZipf(w.rng, 1.1, 4, uint64(o.Parties-1))
	for i := range o.Parties {
		name := i
		if i%10 == 1 {
			name = i - 1
		}
		w.surname = append(w.surname, capital(wordOf(900_000+name)))
		w.Parties = append(w.Parties, party.Party{ID: fmt.Sprintf("inv:%d", i), Schema: party.Person,
			Names:         []party.Name{{Text: w.name(i), Kind: party.Primary}},
			Nationalities: []party.Country{{Code: countries[i%len(countries)]}},
			Designations:  []party.Designation{{Authority: "INV", List: "inv", Reference: fmt.Sprint(i)}}})
	}
	return w
}

var countries = []string{"RU", "BY", "TR", "RS", "IQ", "SY", "LB", "AE", "CN", "VE"}

// name of a party in full; two of ten share it.
func (w *World) name(i int) string {
	if i%10 == 1 {
		i--
	}
	return capital(wordOf(800_000+i%500)) + " " + w.surname[i]
}

// wordOf makes the same word for the same number.
func wordOf(n int) string {
	const on, mid = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for k := n + 20; k > 0; k /= len(on) * len(mid) {
		r := k % (len(on) * len(mid))
		b.WriteByte(on[r%len(on)])
		b.WriteByte(mid[r/len(on)])
	}
	return b.String()
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// remembered is how many stories may be printed again.
const remembered = 400

// Next gives the next piece.
func (w *World) Next() Piece {
	w.n++
	var t tale
	switch k := w.rng.Intn(20); {
	case len(w.recent) < 5 || k < 13:
		t = w.fresh()
	case k < 16:
		t = w.reprint(w.pick())
	case k < 18:
		t = w.retell(w.pick())
	default:
		t = w.update(w.pick())
	}
	if len(w.recent) < remembered {
		w.recent = append(w.recent, t)
	} else {
		w.recent[w.rng.Intn(remembered)] = t
	}
	return t.Piece
}

// Corrected gives a later version of a piece under the same id: some sentences
// went, one came, and the claims that went with them.
func (w *World) Corrected(p Piece) Piece {
	for _, t := range w.recent {
		if t.Article.ID != p.Article.ID {
			continue
		}
		var keep []sentence
		for i, s := range t.sentences {
			if i == 0 || w.rng.Intn(4) > 0 {
				keep = append(keep, s)
			}
		}
		t.sentences = append(keep, sentence{text: w.words12()})
		w.write(&t, t.Article.Title)
		return t.Piece
	}
	return p
}

func (w *World) pick() tale { return w.recent[w.rng.Intn(len(w.recent))] }

func (w *World) outlet() string {
	return fmt.Sprintf("%s Post", capital(wordOf(700_000+w.rng.Intn(w.o.Outlets))))
}

func (w *World) start(outlet string) tale {
	return tale{party: -1, Piece: Piece{Article: story.Article{ID: fmt.Sprintf("n%07d", w.n), Outlet: outlet, Language: "en", PublishedPrecision: calendar.Day,
		Published: time.Date(2015, 1, 1, 6, 0, 0, 0, time.UTC).Add(time.Duration(w.n) * w.o.Every)}}}
}

func (w *World) fresh() tale {
	t := w.start(w.outlet())
	if w.rng.Float64() < w.o.Naming {
		t.party = int(w.who.Uint64())
		t.open = t.party%10 < 2 && w.rng.Intn(2) == 0
	}
	for range w.o.Sentence/2 + w.rng.Intn(w.o.Sentence+1) {
		t.sentences = append(t.sentences, sentence{text: w.words12()})
	}
	if t.party >= 0 && w.rng.Intn(6) > 0 { // else he is only named
		for range 1 + w.rng.Intn(2) {
			w.insert(&t, w.deed(t))
		}
	}
	w.write(&t, capital(w.words12()))
	return t
}

func (w *World) insert(t *tale, d *deed) {
	at := w.rng.Intn(len(t.sentences) + 1)
	s := sentence{deed: d}
	t.sentences = append(t.sentences[:at:at], append([]sentence{s}, t.sentences[at:]...)...)
}

var deeds = []activity.Code{"TRV-ENTRY", "MET-IN", "TRV-ENTRY", "TRV-PRESENCE"}

func (w *World) deed(t tale) *deed {
	day := calendar.FromTime(t.Article.Published)
	from := day.AddDays(-w.rng.Intn(8))
	d := &deed{activity: deeds[w.rng.Intn(len(deeds))], country: countries[w.rng.Intn(3)], act: speech.Assert, when: calendar.Between(from, from.AddDays(w.rng.Intn(3)))}
	switch w.rng.Intn(8) {
	case 0:
		d.when = calendar.Window{}
	case 1:
		d.act = speech.Deny
	}
	switch w.rng.Intn(4) {
	case 0: // the outlet's own words
	case 1:
		d.holder, d.kind = "a Western official", speech.Anonymous
	case 2:
		d.holder, d.kind = "two diplomats", speech.Anonymous
	default:
		d.holder, d.kind = capital(wordOf(w.rng.Intn(300)))+" "+capital(wordOf(5000+w.rng.Intn(300))), speech.PersonH
	}
	return d
}

// reprint is the same story in another outlet, a day later at most: as it is,
// cut, or touched up.
func (w *World) reprint(of tale) tale {
	t := w.start(w.outlet())
	t.party, t.open = of.party, of.open
	t.sentences = append(t.sentences, of.sentences...)
	switch w.rng.Intn(3) {
	case 0:
		t.sentences = t.sentences[:1+len(t.sentences)*2/3]
	case 1:
		t.sentences[w.rng.Intn(len(t.sentences))] = sentence{text: w.words12()}
	}
	w.write(&t, of.Article.Title)
	return t
}

// retell is another outlet's story that names where it has it from.
func (w *World) retell(of tale) tale {
	t := w.start(w.outlet())
	t.party, t.open = of.party, of.open && w.rng.Intn(2) == 0
	for i, s := range of.sentences {
		if s.deed != nil {
			d := *s.deed
			d.holder, d.kind = of.Article.Outlet, speech.Outlet
			t.sentences = append(t.sentences, sentence{deed: &d})
		} else if i%3 == 0 {
			t.sentences = append(t.sentences, sentence{text: s.text + " " + of.Article.Outlet + " reported."})
		} else {
			t.sentences = append(t.sentences, sentence{text: w.words12()})
		}
	}
	w.write(&t, capital(w.words12()))
	return t
}

// update is a later version of the outlet's own story; one in four takes it back.
func (w *World) update(of tale) tale {
	t := w.start(of.Article.Outlet)
	t.party, t.open = of.party, of.open && w.rng.Intn(3) == 0
	t.sentences = append(t.sentences, of.sentences...)
	title := "Update: " + of.Article.Title
	if w.rng.Intn(4) == 0 {
		title = "Retraction: " + of.Article.Title
		t.sentences = []sentence{{text: "We retract our story about this and withdraw it."}, of.sentences[0]}
	} else if t.party >= 0 {
		w.insert(&t, w.deed(t))
	}
	w.write(&t, title)
	return t
}

// words12 is a sentence of twelve words or so, with a name and a number at times.
func (w *World) words12() string {
	var b strings.Builder
	for i := range 9 + w.rng.Intn(7) {
		s := wordOf(int(w.words.Uint64()))
		switch k := w.rng.Intn(14); {
		case i == 0 || k == 0:
			s = capital(s)
		case k == 1:
			s = fmt.Sprint(10 + w.rng.Intn(3000))
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	b.WriteByte('.')
	return b.String()
}

// write puts a tale into words and notes what reading finds in them.
func (w *World) write(t *tale, title string) {
	t.Article.Title = title
	t.Claims, t.Mentions = nil, mentions.Result{}
	var b strings.Builder
	if t.party >= 0 {
		t.Mentions.Clusters = []mentions.Cluster{w.cluster(*t)}
		b.WriteString("It is about ")
		w.mention(t, &b)
		b.WriteString(".\n")
	}
	for i, s := range t.sentences {
		from := b.Len()
		if s.deed == nil {
			b.WriteString(s.text)
		} else if t.party >= 0 {
			w.mention(t, &b)
			fmt.Fprintf(&b, " %s in %s, %s said.", map[bool]string{true: "met a minister", false: "arrived"}[s.deed.activity == "MET-IN"], s.deed.country, s.deed.holder)
			t.Claims = append(t.Claims, w.claim(*t, *s.deed, story.Span{Start: from, End: b.Len()}))
		}
		if i%4 == 3 {
			b.WriteString("\n")
		} else {
			b.WriteString(" ")
		}
	}
	t.Article.Text = b.String()
}

func (w *World) mention(t *tale, b *strings.Builder) {
	name := w.name(t.party)
	t.Mentions.Clusters[0].Mentions = append(t.Mentions.Clusters[0].Mentions, len(t.Mentions.Mentions))
	t.Mentions.Mentions = append(t.Mentions.Mentions, mentions.Mention{Span: story.Span{Start: b.Len(), End: b.Len() + len(name)}, Text: name, Form: mentions.Full, Reach: "listed name", Score: 1})
	b.WriteString(name)
}

// cluster says who is meant: the party, or it or its namesake.
func (w *World) cluster(t tale) mentions.Cluster {
	described := []mentions.Evidence{{Feature: "rank", Weight: 2, Text: fmt.Sprintf("called officer %d", t.party%7)}}
	c := mentions.Cluster{Name: w.name(t.party), Status: mentions.Accepted, Hypotheses: []mentions.Hypothesis{
		{Party: w.Parties[t.party].ID, Name: w.name(t.party), Score: 0.9, For: described}}}
	if t.open {
		other := t.party - t.party%10 + 1 - t.party%10
		c.Status, c.Hypotheses[0].Score = mentions.Undecided, 0.6
		c.Hypotheses = append(c.Hypotheses, mentions.Hypothesis{Party: w.Parties[min(other, len(w.Parties)-1)].ID, Name: w.name(t.party), Score: 0.25})
	}
	return c
}

func (w *World) claim(t tale, d deed, at story.Span) claims.Claim {
	p := claims.Player{Role: claims.Traveller, Name: w.name(t.party), Surface: w.name(t.party), Listed: true, Span: story.Span{Start: at.Start, End: at.Start + len(w.name(t.party))}}
	for _, h := range t.Mentions.Clusters[0].Hypotheses {
		p.Candidates = append(p.Candidates, h.Party)
	}
	if !t.open {
		p.Party = p.Candidates[0]
	}
	c := claims.Claim{Article: t.Article.ID, Activity: d.activity, Aspect: claims.Completed, Players: []claims.Player{p}, To: &claims.Location{Text: d.country, Name: d.country, Country: d.country, Kind: "country"},
		Polarity: "+", Act: d.act, Certainty: speech.Certain, Evidence: at, Trigger: at, Rule: "made", Score: 1}
	if !d.when.IsZero() {
		c.When = &claims.When{Window: d.when}
	}
	if d.act == speech.Deny {
		c.Scope = "whole"
	}
	if d.holder != "" {
		c.Chain = []claims.Link{{Holder: d.holder, Kind: d.kind}}
	}
	h := fnv.New64a()
	fmt.Fprint(h, t.Article.ID, at, d)
	c.ID = fmt.Sprintf("k%016x", h.Sum64())
	return c
}
