package measures

// Engaged reports whether, if the reports are accurate, a duty would have been
// engaged: a measure in force covers the act and no exemption is known.
func (v Verdict) Engaged() bool { return v == ExemptionUnknown || v == NoExemptionReported }

// Pending reports whether the answer waits for something: a day, an identity.
func (v Verdict) Pending() bool {
	return v == Straddles || v == Insufficient || v == IdentityUndecided
}
