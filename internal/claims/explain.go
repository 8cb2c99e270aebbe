package claims

import (
	"fmt"
	"strings"
)

// discard notes for Explain what matched a trigger and was not taken; what one
// word triggered stands on one line.
func (r *reader) discard(s *sentence, word int, key, why string) {
	head := fmt.Sprintf("discarded: sentence %d, %q: ", s.N, s.Cl.Tree.Words[word].Form)
	note := key + " (" + why + ")"
	if n := len(r.discarded); n > 0 && r.lastTrigger == s.Src.Tokens[word].Start && strings.HasPrefix(r.discarded[n-1], head) {
		r.discarded[n-1] += "; " + note
		return
	}
	r.lastTrigger = s.Src.Tokens[word].Start
	r.discarded = append(r.discarded, head+note)
}
