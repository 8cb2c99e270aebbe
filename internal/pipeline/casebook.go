package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/review"
	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/measures"
	"github.com/reportedly/reportedly/internal/mentions"
	"github.com/reportedly/reportedly/internal/sources"
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
	index := echoes.NewIndex(echoes.Options{Outlet: outletName(reg)})
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
	run := store.Run{Program: program, Rules: RulesVersion, Lists: known.Key, Inputs: inputsHash(in)}
	sum := sha256.Sum256([]byte(run.Program + run.Lists + run.Inputs))
	run.ID = hex.EncodeToString(sum[:])[:8]
	in.Made = cases.MadeBy{Program: "reportedly " + program, Rules: RulesVersion, Lists: known.Labels(), Run: run.ID}
	return Book{Cases: cases.Build(in), Copies: in.Copies, Run: run}, nil
}

// outletName gives outlets their lasting names, so that "AP" and "Associated
// Press" are one.
func outletName(reg *sources.Register) func(string) string {
	return func(name string) string {
		if s, ok := reg.Lookup(name); ok {
			return s.Name
		}
		return name
	}
}

// inputsHash names the set of claims and articles, whatever their order.
func inputsHash(in cases.Input) string {
	var acc [sha256.Size]byte
	add := func(s string) {
		sum := sha256.Sum256([]byte(s))
		for i := range acc {
			acc[i] ^= sum[i]
		}
	}
	for _, c := range in.Claims {
		add("claim " + c.ID)
	}
	for _, a := range in.Articles {
		add("article " + a.ID)
	}
	for _, r := range in.Decisions {
		add("record " + r.ID)
	}
	return hex.EncodeToString(acc[:8])
}

// BuildCases brings the cases of the store up to date with its readings.
func BuildCases(ctx context.Context, st store.Store, known *Knowledge, program string, now time.Time) (store.Changes, error) {
	readings := map[string]store.Reading{}
	for r, err := range st.Readings(ctx) {
		if err != nil {
			return store.Changes{}, err
		}
		readings[r.Article] = r
	}
	var told []Told
	for a, err := range st.Articles(ctx) {
		if err != nil {
			return store.Changes{}, err
		}
		told = append(told, Told{Article: a, Reading: readings[a.ID]})
	}
	if err := known.recallSame(ctx, st, now); err != nil {
		return store.Changes{}, err
	}
	said, err := st.Records(ctx, time.Time{})
	if err != nil {
		return store.Changes{}, err
	}
	book, err := Cases(told, known, program, said...)
	if err != nil {
		return store.Changes{}, err
	}
	return st.SaveCases(ctx, book.Run, book.Cases, book.Copies, now)
}
