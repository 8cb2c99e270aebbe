package origins

import (
	"slices"

	"github.com/reportedly/reportedly/internal/cases/happenings"
	"github.com/reportedly/reportedly/internal/claims"
)

// OfGranter: who tells of an exemption belongs to the body that gave it: "the
// committee granted ..., the committee's chair said".
func OfGranter(t *happenings.Told) bool {
	k, ok := t.Origin()
	if !ok {
		return false
	}
	holder := contentWords(k.Holder)
	for _, p := range t.Players {
		if p.Role != claims.Authority {
			continue
		}
		for _, w := range contentWords(p.Name) {
			if slices.Contains(holder, w) {
				return true
			}
		}
	}
	return false
}

// ExemptionStatus reads what a claim about an exemption says of it: "granted",
// "requested", "refused", "expired" or "stated-none"; "" where it leaves that open.
func ExemptionStatus(t *happenings.Told) string {
	if t.Exemption != "" || t.Activity != "TRV-EXEMPT" {
		return t.Exemption
	}
	if t.Denies() {
		return "stated-none"
	}
	if !t.Supports() || happenings.Ahead(t.Aspect) {
		return ""
	}
	for _, status := range []string{"stated-none", "refused", "expired", "requested", "granted"} {
		if _, ok := Says(t.Quote(), "exemption "+status); ok {
			return status
		}
	}
	return ""
}
