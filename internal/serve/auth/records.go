package auth

import "github.com/reportedly/reportedly/internal/cases/review"

// Needed is the permission to say something of a kind of a case, by page or by
// API.
func Needed(k review.Kind) Permission {
	switch k {
	case review.Note, review.Answer, review.Evidence, review.Seen, review.Challenge:
		return Annotate
	case review.Sign:
		return Sign
	}
	return Decide
}
