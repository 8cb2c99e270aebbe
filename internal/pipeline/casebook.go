package pipeline

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/pipeline/casebook"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// RulesVersion changes when cases are built in another way from the same
// claims.
const RulesVersion = 1

// Told is one article with what was read in it.
type Told struct {
	Article story.Article
	Reading store.Reading
}

// Book is what Cases makes: the cases and who copied whom.
type Book struct {
	Cases  []cases.Case
	Copies []echoes.Edge
	Run    store.Run
}

// Cases builds all cases from all articles with their readings and from what
// people said of them. It is a pure function of its arguments: the order of
// told and of said does not matter.
func Cases(told []Told, known *Knowledge, program string, said ...review.Record) (Book, error) {
	law, err := measures.Embedded()
	if err != nil {
		return Book{}, fmt.Errorf("cases: %w", err)
	}
	reg := known.Sources()
	index := echoes.NewIndex(echoes.Options{Outlet: casebook.OutletName(reg)})
	in := cases.Input{Parties: known.Parties, Same: known.Same(), Sources: reg, Law: law, Decisions: said, Mentions: map[string]mentions.Result{}}
	for _, t := range told {
		if _, err := index.Add(t.Article); err != nil {
			return Book{}, fmt.Errorf("cases: %w", err)
		}
		in.Articles = append(in.Articles, t.Article)
		in.Claims = append(in.Claims, t.Reading.Claims...)
		in.Mentions[t.Article.ID] = t.Reading.Mentions
	}
	in.Copies = index.Edges()
	run := casebook.RunOf(program, RulesVersion, known.Key, in)
	in.Made = cases.MadeBy{Program: "reportedly " + program, Rules: RulesVersion, Lists: known.Labels(), Run: run.ID}
	return Book{Cases: cases.Build(in), Copies: in.Copies, Run: run}, nil
}

// Builder brings the cases of a store up to date by what is new. It holds the
// index of copies between calls; one that lives as long as the process makes it
// once. It may be used by several goroutines, one at a time builds.
type Builder struct {
	st     store.Store
	mu     sync.Mutex
	keeper *casebook.Keeper
	basis  *casebook.Basis
	of     *Knowledge
	by     string
}

// NewBuilder makes a builder.
func NewBuilder(st store.Store) *Builder { return &Builder{st: st, keeper: casebook.New(st)} }

// Progress lets tell hear of articles compared ("copies") and subjects built
// ("cases").
func (b *Builder) Progress(tell func(stage string, done int)) { b.keeper.Progress = tell }

// Build makes copies and cases current; with other lists or another version of
// the program all cases are made again.
func (b *Builder) Build(ctx context.Context, known *Knowledge, program string, now time.Time) (store.Changes, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.of != known || b.by != program {
		basis, err := Basis(ctx, b.st, known, program, now)
		if err != nil {
			return store.Changes{}, err
		}
		b.basis, b.of, b.by = basis, known, program
	}
	return b.keeper.Bring(ctx, b.basis, now)
}

// Basis is what the cases of a store rest on beside its articles, for
// casebook.Build and casebook.Keeper.
func Basis(ctx context.Context, st store.Lists, known *Knowledge, program string, now time.Time) (*casebook.Basis, error) {
	law, err := measures.Embedded()
	if err != nil {
		return nil, fmt.Errorf("cases: %w", err)
	}
	if err := known.recallSame(ctx, st, now); err != nil {
		return nil, err
	}
	return &casebook.Basis{Parties: known.Parties, Same: known.Same(), Sources: known.Sources(), Law: law, Lists: known.Labels(),
		Key: known.Key, SourcesKey: known.sourcesKey, Program: program, Rules: RulesVersion}, nil
}

// BuildCases brings the cases of the store up to date with its readings, once.
func BuildCases(ctx context.Context, st store.Store, known *Knowledge, program string, now time.Time) (store.Changes, error) {
	return NewBuilder(st).Build(ctx, known, program, now)
}
