package speech

func (r *reader) foreign() []Attribution { return nil }
