package mentions

// roles is filled by roles of later rules.
func (r *reading) roles() {}
