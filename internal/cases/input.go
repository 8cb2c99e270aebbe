package cases

import (
	"github.com/reportedly/reportedly/internal/cases/ratings"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/claims"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/sources"
	"github.com/reportedly/reportedly/internal/story"
)

// Input is all that cases are built from. The order within any slice does not
// matter: the same set gives the same bytes.
type Input struct {
	Articles []story.Article // those read, with and without claims
	Claims   []claims.Claim
	Copies   []echoes.Edge
	// Mentions by article id, for identities with their reasons; may be nil.
	Mentions map[string]mentions.Result
	Parties  []party.Party
	// Same maps a party id to the one that stands for it where entries of
	// several lists are one person; ids not in it stand for themselves.
	Same map[string]string
	// Sources knows outlets and control groups; nil is the register that ships.
	Sources *sources.Register
	// Law answers whether a measure was in force; nil leaves checks out.
	Law Law
	// Decisions are the words of people, all that were ever said; what was taken
	// back is left out here. They win over the machine.
	Decisions []review.Record
	// Standing and Judgements are ratings beside those among Decisions; without
	// any, sources are F and items 6.
	Standing   ratings.History
	Judgements []ratings.Judgement
	Made       MadeBy
	// Subjects are those whose cases are built; nil means all. The rest of the
	// input must then hold all that these depend on (pipeline/casebook says what).
	Subjects map[string]bool
	// Searched is what was read where Articles are not all; nil counts those.
	Searched *Coverage
}

// Law is the register of measures as cases need it.
type Law interface {
	Check(q measures.Question) measures.Answer
}

// Territories is implemented by a Law that knows which States are under a
// measure on their territory. Without it every State that receives arms or
// controlled goods gets its case.
type Territories interface {
	OnTerritory(country string) bool
}
