package yente

import (
	"context"
	"log/slog"
	"time"
)

// Source is where the lists come from.
type Source interface {
	// Version names the lists as they are now; it is asked often.
	Version(ctx context.Context) (string, error)
	// Load prepares them for serving.
	Load(ctx context.Context) (*Data, error)
}

// Follow loads the lists and loads them again whenever their version changes,
// until the context ends. A load that fails leaves what was served before.
func (h *Handler) Follow(ctx context.Context, src Source, every time.Duration, log *slog.Logger) {
	held := ""
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if now, err := src.Version(ctx); err == nil && now != held {
			if d, err := src.Load(ctx); err == nil {
				h.Set(d)
				held = now
				log.Info("lists are ready for screening", "version", now, "parties", len(d.parties))
			} else if ctx.Err() == nil {
				log.Error("lists cannot be loaded for screening", "error", err)
				held = now // not again until they change
			}
		} else if err != nil && ctx.Err() == nil {
			log.Error("lists cannot be asked for", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
