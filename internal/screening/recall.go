package screening

import "sync"

// recalled remembers which listed words a word of a query may mean: batches of
// names hold the same words again and again. What is remembered follows from
// the index and the word alone, so that answers do not depend on it.
type recalled struct {
	shards [recallShards]struct {
		sync.RWMutex
		near map[lexeme][]near
	}
}

const (
	recallShards = 32
	// Entries of a shard before it starts anew, and words remembered for an entry.
	recallEntries = 1024
	recallNear    = 512
)

func (r *recalled) shard(k *lexeme) int { return int(hash(byText, k.text)>>7) % recallShards }

func (r *recalled) get(k lexeme) ([]near, bool) {
	s := &r.shards[r.shard(&k)]
	s.RLock()
	defer s.RUnlock()
	n, ok := s.near[k]
	return n, ok
}

func (r *recalled) put(k lexeme, n []near) {
	if len(n) > recallNear || len(k.text) > 64 {
		return
	}
	kept := make([]near, len(n))
	copy(kept, n)
	s := &r.shards[r.shard(&k)]
	s.Lock()
	defer s.Unlock()
	if s.near == nil || len(s.near) >= recallEntries {
		s.near = make(map[lexeme][]near)
	}
	s.near[k] = kept
}
