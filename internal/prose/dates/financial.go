package dates

import (
	"strconv"

	"github.com/reportedly/reportedly/internal/calendar"
)

// yearInWords: "nineteen ninety-six", "the year two thousand". A number in
// digits, or one that can be a count, is left to other rules.
func (f *finder) yearInWords(m *found) value {
	n := m.caps.get(clNum)
	if n.n < 1500 || n.n > 2050 || f.atoms[n.at].digits > 0 || m.to-m.from < 2 {
		return value{}
	}
	if n.n == 2000 && f.l.symbols["year"] != f.atoms[max(n.at-1, 0)].sym {
		return value{}
	}
	d := calendar.Date{Year: n.n}
	return value{typ: TypeDate, value: strconv.Itoa(n.n), window: d.Window(), at: d}
}

// yearEnd: "year-end" is the last day of the year before in the first half of
// a year, else of the year at hand.
func (f *finder) yearEnd(m *found) value {
	v := value{typ: TypeDate, relative: true, value: "XXXX-12-31"}
	if f.anchor.IsZero() {
		return v
	}
	y := f.anchor.Year
	if f.anchor.Month < 7 && m.rule.args["ahead"] == "" {
		y--
	}
	d := calendar.On(y, 12, 31)
	v.value, v.window, v.at = d.String(), d.Window(), d
	return v
}

// yearBefore: "the year-earlier quarter", "a year ago" beside a quarter is that
// quarter of the year before.
func (f *finder) yearBefore(m *found) value {
	v := value{typ: TypeDate, relative: true, value: "XXXX"}
	if f.anchor.IsZero() {
		return v
	}
	if q := f.quarter; len(q) == 7 && m.sentence-f.quarterAt <= 6 {
		year, _ := strconv.Atoi(q[:4])
		v.value, v.window, v.at = quarterWindow(year-1, int(q[6]-'0'))
		return v
	}
	return f.moved(f.anchor, -1, "year", v)
}

// theQuarter is the quarter told before, or the last one that has ended.
func (f *finder) theQuarter(m *found) value {
	v := value{typ: TypeDate, relative: true, value: "XXXX-QX"}
	switch {
	case len(f.quarter) == 7:
		f.quarterAt = m.sentence
		year, _ := strconv.Atoi(f.quarter[:4])
		v.value, v.window, _ = quarterWindow(year, int(f.quarter[6]-'0'))
	case !f.anchor.IsZero():
		k := f.anchor.Year*4 + (f.anchor.Month-1)/3 - 1
		v.value, v.window, _ = quarterWindow(k/4, k%4+1)
	}
	return v
}

// sameQuarter: "the 1988 period" beside "third quarter" is the third quarter of
// 1988, else the year.
func (f *finder) sameQuarter(m *found) value {
	d := calendar.Date{Year: m.caps.get(clYear).n}
	v := value{typ: TypeDate, value: d.String(), window: d.Window(), at: d}
	if q := f.quarter; len(q) == 7 {
		v.value, v.window, v.at = quarterWindow(d.Year, int(q[6]-'0'))
	}
	return v
}

// someWeek: "the week" of a market report names a week of the year at hand that
// the text does not tell.
func (f *finder) someWeek(*found) value {
	v := value{typ: TypeDate, relative: true, value: "XXXX-WXX"}
	if !f.anchor.IsZero() && !f.narrative {
		v.value = strconv.Itoa(f.anchor.Year) + "-WXX"
	}
	return v
}

// halfYear: "the second half of 2015".
func (f *finder) halfYear(m *found) value {
	y, h := m.caps.get(clYear).n, m.caps.get(clOrdinal).n
	relative := y == 0
	if y == 0 {
		y = f.anchor.Year + m.caps.get(clDir).n
	}
	if h < 1 || h > 2 || f.anchor.IsZero() && relative {
		return value{}
	}
	first := calendar.Date{Year: y, Month: 6*h - 5}
	return value{typ: TypeDate, value: strconv.Itoa(y) + "-H" + strconv.Itoa(h), at: first, relative: relative,
		window: calendar.Between(first.First(), first.AddMonths(5).Last())}
}
