package dates

import (
	"fmt"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
)

// value is what an expression means.
type value struct {
	typ      Type
	value    string
	mod      string
	window   calendar.Window
	at       calendar.Date // what later expressions can hang on
	relative bool
}

// actions are the meanings that rules.txt can name.
var actions map[string]func(*finder, *found) value

func init() {
	actions = map[string]func(*finder, *found) value{
		"none":     func(*finder, *found) value { return value{} },
		"date":     (*finder).date,
		"numeric":  (*finder).numeric,
		"bc":       (*finder).bc,
		"decade":   (*finder).decade,
		"century":  (*finder).century,
		"weekday":  (*finder).weekday,
		"day":      (*finder).deicticDay,
		"shift":    (*finder).shift,
		"ago":      (*finder).ago,
		"part":     (*finder).partOnly,
		"clock":    (*finder).clock,
		"quarter":  (*finder).quarterOf,
		"holiday":  (*finder).holiday,
		"weekend":  (*finder).weekend,
		"duration": (*finder).duration,
		"span":     (*finder).span,
		"set":      (*finder).set,
		"ref":      (*finder).ref,
		"range":    (*finder).dayRange,
		"half":     (*finder).halfYear,

		"year-words":  (*finder).yearInWords,
		"year-end":    (*finder).yearEnd,
		"year-before": (*finder).yearBefore,
		"the-quarter": (*finder).theQuarter,

		"year-quarter": (*finder).sameQuarter,
		"week-unknown": (*finder).someWeek,
	}
}

// date reads what has a month or a year: day, month, year, season, in any part.
func (f *finder) date(m *found) value {
	d, told := f.dateParts(m)
	if s := m.caps.get(clSeason); s.ok {
		return f.season(m, s.text, d.Year)
	}
	if d.Month == 0 && d.Year == 0 || f.isNameOrVerb(m) {
		return value{}
	}
	v := value{typ: TypeDate, relative: !told, mod: f.mod(m)}
	if d.Year == 0 {
		v.value = fmt.Sprintf("XXXX-%02d", d.Month)
		if d.Day > 0 {
			v.value += fmt.Sprintf("-%02d", d.Day)
		}
		return v
	}
	if !d.Valid() {
		return value{}
	}
	v.value, v.window, v.at = d.String(), d.Window(), d
	narrow(&v)
	f.addTime(m, &v)
	return v
}

// dateParts fills in the year where the text leaves it out.
func (f *finder) dateParts(m *found) (d calendar.Date, told bool) {
	c := &m.caps
	if x := c.get(clYear); x.ok {
		d.Year = x.n
	} else if x := c.get(clYearBare); x.ok {
		d.Year = x.n
	} else if x := c.get(clYY); x.ok {
		d.Year = f.fullYear(x.n)
	} else if x := c.get(clNum); x.ok && x.n >= 1000 && x.n <= 2100 {
		d.Year = x.n
	}
	told = d.Year > 0
	if dir := c.get(clDir); dir.ok && m.rule.args["year"] == "dir" && !f.anchor.IsZero() {
		d.Year = f.anchor.Year + dir.n
	}
	if x := c.get(clMonth); x.ok {
		d.Month = x.n
	} else {
		d.Month = m.rule.number("month", 0)
	}
	if x := c.get(clDay); x.ok {
		d.Day = x.n
	} else if x := c.get(clOrdinal); x.ok && x.n <= 31 {
		d.Day = x.n
	}
	if dir := c.get(clDir); dir.ok && d.Year == 0 && d.Month > 0 {
		d.Year = f.directedYear(m, dir.n, d)
	} else if d.Year == 0 && d.Month > 0 {
		d.Year = f.likelyYear(m, d)
	}
	return d, told
}

// isNameOrVerb rejects a month alone that is more likely a person (Jan) or a
// verb at the head of a sentence (May, March).
func (f *finder) isNameOrVerb(m *found) bool {
	if m.to-m.from != 1 || !m.caps.get(clMonth).ok {
		return false
	}
	a := &f.atoms[m.from]
	if w := f.l.reading(a, clMonth); w != nil && w.dot {
		return true
	}
	s := f.sentences[m.sentence]
	first := m.from == s.from || f.atoms[m.from-1].sym == f.l.symbols["\""]
	return first && f.l.reading(a, clMonth).cap
}

// fullYear reads '89 and 98 as the nearest past, or slightly future, year.
func (f *finder) fullYear(yy int) int {
	ref := f.anchor.Year
	if f.narrative && f.focus.Year > 0 {
		ref = f.focus.Year + 60
	}
	if ref == 0 {
		ref = 2030
	}
	y := ref - ref%100 + yy
	if y > ref+5 {
		y -= 100
	}
	return y
}

// likelyYear chooses the year of a month, or a day and month, without one.
func (f *finder) likelyYear(m *found, d calendar.Date) int {
	if y := f.yearAhead(m, d); y > 0 {
		return y
	}
	if base, ok := f.narrativeBase(m); ok {
		best := base.Year
		k := 12*base.Year + max(base.Month, 1)
		for _, y := range []int{base.Year + 1, base.Year - 1} {
			if base.Month > 0 && far(12*y+d.Month-k) < far(12*best+d.Month-k) {
				best = y
			}
		}
		return best
	}
	if f.anchor.IsZero() {
		return 0
	}
	y := f.anchor.Year
	diff := d.Month - f.anchor.Month
	ahead, back := likelyMonths(f.tense(m), d.Day > 0)
	if diff > ahead {
		y--
	} else if diff < -back {
		y++
	}
	return y
}

// yearAhead takes the year from the other half of "in August and September
// 1914", "between March 19 and April 30, 2003".
func (f *finder) yearAhead(m *found, d calendar.Date) int {
	if f.current+1 >= len(f.found) {
		return 0
	}
	n := &f.found[f.current+1]
	y, month := n.caps.get(clYear), n.caps.get(clMonth)
	if n.sentence != m.sentence || n.from-m.to > 1 || !y.ok || !month.ok {
		return 0
	}
	if month.n < d.Month {
		return y.n - 1
	}
	return y.n
}

// likelyMonths bounds how far ahead and back a month without a year lies. A day
// is given without its year up to a quarter ahead whatever the tense ("effective
// June 1"), a month alone follows the tense.
func likelyMonths(t tense, hasDay bool) (ahead, back int) {
	switch {
	case hasDay && t == future:
		return 9, 3
	case hasDay && t == past:
		return 2, 10
	case hasDay:
		return 3, 9
	case t == future:
		return 12, 0
	case t == past:
		return 0, 12
	}
	return 6, 6
}

// far weighs months from the date told before: stories go forward more often
// than back.
func far(months int) int {
	if months < 0 {
		return -2 * months
	}
	return months
}

// narrativeBase is the date that a month without year belongs to, in a history
// or right after a date of long ago.
func (f *finder) narrativeBase(m *found) (calendar.Date, bool) {
	if f.focus.IsZero() || !f.focusTold {
		return calendar.Date{}, false
	}
	if f.narrative || f.anchor.IsZero() {
		return f.focus, true
	}
	near := m.sentence == f.focusAt && f.tense(m) != future
	return f.focus, near && f.focus.Year < f.anchor.Year-1
}

// directedYear: "last May", "next March", "this July".
func (f *finder) directedYear(m *found, dir int, d calendar.Date) int {
	base := f.anchor
	if b, ok := f.narrativeBase(m); ok {
		base = b
	}
	if base.IsZero() {
		return 0
	}
	switch {
	case dir < 0 && d.Month >= base.Month-1: // last month is not called by "last"
		return base.Year - 1
	case dir > 0 && d.Month <= base.Month:
		return base.Year + 1
	}
	return base.Year
}

func (f *finder) mod(m *found) string {
	if m.rule.args["mod"] != "" {
		return m.rule.args["mod"]
	}
	return m.caps.get(clMod).text
}

// narrow cuts a month or a year to the third that early, mid or late mean.
func narrow(v *value) {
	first, last := v.window.Earliest, v.window.Latest
	if v.mod == "" || first.IsZero() || last.IsZero() {
		return
	}
	third := map[string]int{"START": 0, "MID": 1, "END": 2}[v.mod]
	switch v.window.Precision {
	case calendar.Month:
		ends := [4]int{0, 10, 20, last.Day}
		first.Day, last.Day = ends[third]+1, ends[third+1]
	case calendar.Year:
		first.Month, last.Month = third*4+1, third*4+4
		last.Day = calendar.DaysIn(last.Year, last.Month)
	default:
		return
	}
	v.window = calendar.Between(first, last)
}

// addTime adds a part of the day or a clock time told with the date.
func (f *finder) addTime(m *found, v *value) {
	if v.window.Precision != calendar.Day || len(v.value) < 10 {
		return
	}
	if t := clockOf(m); t != "" {
		v.value, v.typ = v.value[:10]+t, TypeTime
		return
	}
	if p := m.caps.get(clPart); p.ok {
		v.value, v.typ = v.value[:10]+"T"+p.text, TypeTime
		if p.text == "NI" { // a night runs into the next day
			v.window = calendar.Between(v.window.Earliest, v.window.Earliest.AddDays(1))
		}
	}
}

func clockOf(m *found) string {
	if t := m.rule.args["time"]; t != "" {
		return t
	}
	if x := m.caps.get(clHHMM); x.ok {
		return fmt.Sprintf("T%02d:%02d", x.n/100, x.n%100)
	}
	h := m.caps.get(clHour)
	if !h.ok {
		return ""
	}
	hour := h.n
	part := m.caps.get(clPart).text
	switch m.caps.get(clMeridiem).text {
	case "pm":
		hour = hour%12 + 12
	case "am":
		hour %= 12
	default:
		if hour < 12 && (part == "AF" || part == "EV" || part == "NI" && hour > 5) {
			hour += 12
		}
	}
	return fmt.Sprintf("T%02d:%02d", hour, m.caps.get(clMinute).n)
}

// numeric reads 2015-07-24, 24/07/2015, 24.07.2015 and 07/24/2015.
func (f *finder) numeric(m *found) value {
	d := calendar.Date{Year: m.caps.get(clYear).n, Day: m.caps.get(clDay).n, Month: m.caps.get(clMonthNum).n}
	if m.rule.args["order"] == "xxy" {
		a, b := m.caps.get(clDayFrom).n, m.caps.get(clDay).n
		d.Day, d.Month = a, b
		if b > 12 || !f.l.dayFirst && a <= 12 {
			d.Day, d.Month = b, a
		}
	}
	if x := m.caps.get(clYY); x.ok && d.Year == 0 {
		d.Year = f.fullYear(x.n)
	}
	if !d.Valid() || d.Precision() == calendar.Unknown {
		return value{}
	}
	v := value{typ: TypeDate, value: d.String(), window: d.Window(), at: d}
	f.addTime(m, &v)
	return v
}

// bc gives the year and no window: the calendar begins with year 1.
func (f *finder) bc(m *found) value {
	return value{typ: TypeDate, value: fmt.Sprintf("BC%04d", m.caps.get(clYYY).n), mod: f.mod(m)}
}

func (f *finder) decade(m *found) value {
	y := m.caps.get(clDecade).n
	if t := m.caps.get(clTens); t.ok && y == 0 {
		y = t.n
	}
	if y < 100 {
		y += 1900
	}
	v := value{typ: TypeDate, value: fmt.Sprintf("%03d", y/10), mod: f.mod(m)}
	first, last := y, y+9
	switch v.mod {
	case "START":
		last = y + 3
	case "MID":
		first, last = y+4, y+6
	case "END":
		first = y + 6
	}
	v.window = calendar.Between(calendar.On(first, 1, 1), calendar.On(last, 12, 31))
	return v
}

func (f *finder) century(m *found) value {
	n := m.caps.get(clOrdinal).n
	if n < 1 || n > 21 {
		return value{}
	}
	return value{typ: TypeDate, value: fmt.Sprintf("%02d", n-1), mod: f.mod(m),
		window: calendar.Between(calendar.On(max(100*(n-1), 1), 1, 1), calendar.On(100*n-1, 12, 31))}
}

var seasons = map[string]struct{ month, months int }{"SP": {3, 3}, "SU": {6, 3}, "FA": {9, 3}, "WI": {12, 3}}

func (f *finder) season(m *found, code string, year int) value {
	v := value{typ: TypeDate, relative: year == 0, mod: f.mod(m)}
	s := seasons[code]
	if year == 0 {
		mm := *m
		d := calendar.Date{Month: s.month}
		if dir := m.caps.get(clDir); dir.ok {
			year = f.directedYear(&mm, dir.n, d)
		} else {
			year = f.likelyYear(&mm, d)
		}
	}
	if year == 0 {
		v.value = "XXXX-" + code
		return v
	}
	v.value = fmt.Sprintf("%04d-%s", year, code)
	first := calendar.Date{Year: year, Month: s.month}
	v.at = first
	v.window = calendar.Between(first.First(), first.AddMonths(s.months-1).Last())
	return v
}

// set gives the period: "every Thursday" XXXX-WXX-4, "daily" P1D.
func (f *finder) set(m *found) value {
	v := value{typ: TypeSet, value: m.rule.args["value"]}
	c := &m.caps
	switch {
	case v.value != "":
	case c.get(clFreq).ok:
		v.value = c.get(clFreq).text
	case c.get(clWeekday).ok:
		v.value = fmt.Sprintf("XXXX-WXX-%d", c.get(clWeekday).n)
		if p := c.get(clPart); p.ok {
			v.value += "T" + p.text
		}
	case c.get(clMonth).ok:
		v.value = fmt.Sprintf("XXXX-%02d", c.get(clMonth).n)
	case c.get(clSeason).ok:
		v.value = "XXXX-" + c.get(clSeason).text
	case c.get(clPart).ok:
		v.value = "XXXX-XX-XXT" + c.get(clPart).text
	default:
		v.value = f.period(m)
	}
	return v
}

func (f *finder) ref(m *found) value {
	r := m.caps.get(clRef).text
	if x := m.rule.args["value"]; x != "" {
		r = x
	}
	return value{typ: TypeDate, value: strings.ToUpper(r)}
}
