package network

import (
	"slices"
	"strings"
)

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

// find gives the slot of a form, -1 if it is not kept.
func (f *forms) find(form string) int32 {
	i, ok := f.slot[form]
	if !ok {
		return -1
	}
	f.seen[i] = true
	return i
}

func (f *forms) row(slot int32) []float32 { return f.rows[int(slot)*f.wide : (int(slot)+1)*f.wide] }

// keep gives the slot in which a new form is kept, -1 where it is not. The rows
// of busy slots are in use and stay.
func (f *forms) keep(form string, row []float32, busy []int32) int32 {
	if len(form) > longestKept {
		return -1
	}
	form = strings.Clone(form) // not the whole article that it is cut from
	if n := len(f.name); n < keptForms {
		f.name, f.seen = append(f.name, form), append(f.seen, false)
		f.rows = append(f.rows, row...)
		f.slot[form] = int32(n)
		return int32(n)
	}
	for f.seen[f.hand] || slices.Contains(busy, int32(f.hand)) {
		f.seen[f.hand] = false
		f.hand = (f.hand + 1) % keptForms
	}
	delete(f.slot, f.name[f.hand])
	f.name[f.hand] = form
	slot := int32(f.hand)
	copy(f.row(slot), row)
	f.slot[form] = slot
	f.hand = (f.hand + 1) % keptForms
	return slot
}
