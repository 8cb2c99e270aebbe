package cli

import (
	"context"
	"time"

	"github.com/reportedly/reportedly/internal/lists"
	"github.com/reportedly/reportedly/internal/pipeline"
	"github.com/reportedly/reportedly/internal/serve/yente"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// screened is the yente.Source of the served lists: those of the store, or the
// files named with --list.
type screened struct {
	st    store.Lists
	files []string
	found func(story.Finding)
}

// Version implements yente.Source.
func (s screened) Version(ctx context.Context) (string, error) {
	if len(s.files) > 0 {
		return "files", nil
	}
	eds, err := s.st.Editions(ctx, "", time.Time{})
	if err != nil {
		return "", err
	}
	return pipeline.EditionsKey(eds), nil
}

// Load implements yente.Source.
func (s screened) Load(ctx context.Context) (*yente.Data, error) {
	var k *pipeline.Knowledge
	var err error
	if len(s.files) > 0 {
		k, err = pipeline.ListFiles(ctx, s.files, lists.Options{}, s.found)
	} else {
		k, err = pipeline.StoredLists(ctx, s.st, time.Time{})
	}
	if err != nil {
		return nil, err
	}
	return yente.NewData(k.Parties, k.Editions, k.Key), nil
}
