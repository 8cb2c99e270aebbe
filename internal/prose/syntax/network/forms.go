package network

import "strings"

// keptForms bounds what a Scratch keeps: some 19 MB at 576 numbers a form.
const keptForms = 8192

// longestKept keeps junk (addresses, base64) out.
const longestKept = 40

// forms keeps what the first layer makes of forms met lately, since most words
// of a text are words of the text before. When full it forgets forms that were
// not met since the hand last passed (the clock algorithm).
type forms struct {
	wide int
	slot map[string]int32
	name []string
	seen []bool
	rows []float32
	hand int
}

func (f *forms) open(wide int) {
	if f.slot == nil || f.wide != wide {
		*f = forms{wide: wide, slot: map[string]int32{}}
	}
}

func (f *forms) find(form string) ([]float32, bool) {
	i, ok := f.slot[form]
	if !ok {
		return nil, false
	}
	f.seen[i] = true
	return f.rows[int(i)*f.wide : (int(i)+1)*f.wide], true
}

func (f *forms) keep(form string, row []float32) {
	if len(form) > longestKept {
		return
	}
	form = strings.Clone(form) // not the whole article that it is cut from
	if n := len(f.name); n < keptForms {
		f.name, f.seen = append(f.name, form), append(f.seen, false)
		f.rows = append(f.rows, row...)
		f.slot[form] = int32(n)
		return
	}
	for f.seen[f.hand] {
		f.seen[f.hand] = false
		f.hand = (f.hand + 1) % keptForms
	}
	delete(f.slot, f.name[f.hand])
	f.name[f.hand] = form
	copy(f.rows[f.hand*f.wide:], row)
	f.slot[form] = int32(f.hand)
	f.hand = (f.hand + 1) % keptForms
}
