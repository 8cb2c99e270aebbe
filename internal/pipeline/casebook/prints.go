package casebook

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/reportedly/reportedly/internal/echoes"
	"github.com/reportedly/reportedly/internal/store"
)

// PrintShelf lets an index of copies keep its prints in the store, many in one
// transaction. Flush must be called when the work is done. It serves one
// goroutine.
type PrintShelf struct {
	ctx     context.Context
	st      printStore
	pending map[string]store.Print
	batch   int
}

// printStore is what a shelf needs of a store.
type printStore interface {
	Print(ctx context.Context, article string) (store.Print, error)
}

// NewPrintShelf makes a shelf that writes batch prints at a time.
func NewPrintShelf(ctx context.Context, st printStore, batch int) *PrintShelf {
	return &PrintShelf{ctx: ctx, st: st, pending: map[string]store.Print{}, batch: max(batch, 1)}
}

var _ echoes.Shelf = (*PrintShelf)(nil)

// PutPrint implements echoes.Shelf.
func (s *PrintShelf) PutPrint(article string, print []byte) error {
	s.pending[article] = store.Print{Article: article, Body: print}
	if len(s.pending) < s.batch {
		return nil
	}
	return s.Flush()
}

// Print implements echoes.Shelf.
func (s *PrintShelf) Print(article string) ([]byte, error) {
	if p, ok := s.pending[article]; ok {
		return p.Body, nil
	}
	p, err := s.st.Print(s.ctx, article)
	if errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("%w (%s)", echoes.ErrNoPrint, article)
	}
	return p.Body, err
}

// Flush writes what is pending.
func (s *PrintShelf) Flush() error {
	if len(s.pending) == 0 {
		return nil
	}
	all := make([]store.Print, 0, len(s.pending))
	for _, p := range s.pending {
		all = append(all, p)
	}
	keep, ok := s.st.(store.Prints)
	if !ok {
		return errors.New("casebook: these prints are kept by whoever takes them")
	}
	if err := keep.SavePrints(s.ctx, all); err != nil {
		return err
	}
	clear(s.pending)
	return nil
}

// take gives what is pending, in order of article, to be kept with other things
// in one transaction.
func (s *PrintShelf) take() []store.Print {
	var out []store.Print
	for _, id := range slices.Sorted(maps.Keys(s.pending)) {
		out = append(out, s.pending[id])
	}
	clear(s.pending)
	return out
}

// RestoreIndex makes an index of the prints that the store keeps.
func RestoreIndex(ctx context.Context, st store.Prints, o echoes.Options) (*echoes.Index, error) {
	x := echoes.NewIndex(o)
	for p, err := range st.Prints(ctx) {
		if err != nil {
			return nil, err
		}
		if err := x.Restore(p.Body); err != nil {
			return nil, fmt.Errorf("print of %s: %w", p.Article, err)
		}
	}
	return x, nil
}
