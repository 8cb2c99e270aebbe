package dates

import (
	"fmt"

	"github.com/reportedly/reportedly/internal/calendar"
)

// unitOf is the unit a rule or its words name.
func unitOf(m *found) string {
	if u := m.rule.args["unit"]; u != "" {
		return u
	}
	if u := m.caps.get(clUnit); u.ok {
		return u.text
	}
	return m.caps.get(clUnits).text
}

// base is what an expression hangs on: the anchor, or the date told before.
func (f *finder) base(m *found) calendar.Date {
	if m.rule.args["base"] != "focus" {
		return f.anchor
	}
	if !f.focus.IsZero() {
		return f.focus
	}
	if f.narrative {
		return calendar.Date{}
	}
	return f.anchor
}

// weekday: "Friday", "last Friday", "next Friday", "Friday night".
func (f *finder) weekday(m *found) value {
	wd := m.caps.get(clWeekday)
	v := value{typ: TypeDate, relative: true}
	base := f.anchor
	if f.narrative && f.focus.Precision() == calendar.Day {
		base = f.focus
	}
	if base.IsZero() {
		v.value = fmt.Sprintf("XXXX-WXX-%d", wd.n)
		return v
	}
	back := (isoDay(base) - wd.n + 7) % 7
	forward := (wd.n - isoDay(base) + 7) % 7
	dir := m.caps.get(clDir)
	n := -back
	switch {
	case dir.ok && dir.n < 0:
		if back == 0 {
			n = -7
		}
	case dir.ok && dir.n > 0:
		n = forward
		if forward == 0 {
			n = 7
		}
	case f.tense(m) == future:
		n = forward
	}
	d := base.AddDays(n + 7*m.rule.number("weeks", 0))
	v.value, v.window, v.at, v.mod = d.String(), d.Window(), d, f.mod(m)
	f.addTime(m, &v)
	if m.rule.args["night"] != "" { // "в ночь на четверг" runs from Wednesday to Thursday
		v.window = calendar.Between(d.AddDays(-1), d)
	}
	return v
}

func isoDay(d calendar.Date) int { return (int(d.Weekday())+6)%7 + 1 }

// deicticDay: today, yesterday morning, tomorrow at 9 a.m., last night.
func (f *finder) deicticDay(m *found) value {
	n := m.caps.get(clDay0).n
	if m.rule.args["n"] != "" {
		n = m.rule.number("n", 0)
	}
	v := value{typ: TypeDate, relative: true, mod: f.mod(m)}
	base := f.base(m)
	if f.narrative && m.rule.args["base"] != "focus" {
		base = f.anchor
	}
	if base.Precision() != calendar.Day {
		v.value = "XXXX-XX-XX"
		if p := m.caps.get(clPart); p.ok {
			v.value, v.typ = v.value+"T"+p.text, TypeTime
		}
		return v
	}
	d := base.AddDays(n)
	v.value, v.window, v.at = d.String(), d.Window(), d
	f.addTime(m, &v)
	if p := m.rule.args["part"]; p != "" {
		v.value, v.typ = v.value+"T"+p, TypeTime
		if p == "NI" {
			v.window = calendar.Between(d, d.AddDays(1))
		}
	}
	return v
}

// shift: "last week", "this month", "next year", "the same day", "that month".
func (f *finder) shift(m *found) value {
	n := m.caps.get(clDir).n
	if m.rule.args["n"] != "" {
		n = m.rule.number("n", 0)
	}
	base := f.base(m)
	v := value{typ: TypeDate, relative: true, mod: f.mod(m)}
	unit := unitOf(m)
	if base.IsZero() {
		v.value = unknownOf(unit)
		return v
	}
	v = f.moved(base, n, unit, v)
	if f.narrative || m.rule.args["base"] == "focus" {
		narrow(&v)
		return v
	}
	f.cutAtAnchor(m, &v, n)
	return v
}

// unknownOf is the value of a unit that hangs on an unknown date.
func unknownOf(unit string) string {
	switch unit {
	case "week":
		return "XXXX-WXX"
	case "month", "quarter":
		return "XXXX-XX"
	case "day", "night":
		return "XXXX-XX-XX"
	}
	return "XXXX"
}

// cutAtAnchor narrows "this week" in the past tense to the days up to the
// anchor, "later this month" to those after it.
func (f *finder) cutAtAnchor(m *found, v *value, n int) {
	side := m.rule.args["side"]
	if n != 0 || v.window.IsZero() {
		narrow(v)
		return
	}
	if v.mod != "" {
		narrow(v)
		return
	}
	t := f.tense(m)
	w := v.window
	if v.window.Precision == calendar.Week && t != future && side != "after" {
		w.Earliest = w.Earliest.AddDays(-1) // a week that begins on Sunday is meant as often
	}
	switch {
	case side == "before" || side == "" && t == past:
		w.Latest = f.anchor
	case side == "after" || side == "" && t == future:
		w.Earliest = f.anchor
	default:
		return
	}
	v.window = calendar.Between(w.Earliest, w.Latest)
}

// moved is the unit n units away from base.
func (f *finder) moved(base calendar.Date, n int, unit string, v value) value {
	switch unit {
	case "day":
		if base.Precision() != calendar.Day {
			v.value = "XXXX-XX-XX"
			return v
		}
		d := base.AddDays(n)
		v.value, v.window, v.at = d.String(), d.Window(), d
	case "week", "fortnight":
		if base.Precision() != calendar.Day {
			v.value = "XXXX-WXX"
			return v
		}
		v.value, v.window, v.at = weekOf(base.AddDays(7 * n))
	case "month":
		if base.Month == 0 {
			v.value = "XXXX-XX"
			return v
		}
		d := calendar.Date{Year: base.Year, Month: base.Month}.AddMonths(n)
		v.value, v.window, v.at = d.String(), d.Window(), d
	case "quarter":
		if base.Month == 0 {
			return v
		}
		k := base.Year*4 + (base.Month-1)/3 + n
		v.value, v.window, v.at = quarterWindow(k/4, k%4+1)
	case "year":
		d := calendar.Date{Year: base.Year + n}
		v.value, v.window, v.at = d.String(), d.Window(), d
	case "decade":
		y := base.Year/10*10 + 10*n
		v.value = fmt.Sprintf("%03d", y/10)
		v.window = calendar.Between(calendar.On(y, 1, 1), calendar.On(y+9, 12, 31))
	case "century":
		y := base.Year/100*100 + 100*n
		v.value = fmt.Sprintf("%02d", y/100)
		v.window = calendar.Between(calendar.On(max(y, 1), 1, 1), calendar.On(y+99, 12, 31))
	}
	return v
}

// weekOf gives the ISO week of a day.
func weekOf(d calendar.Date) (string, calendar.Window, calendar.Date) {
	y, w := d.Time().ISOWeek()
	first := d.AddDays(1 - isoDay(d))
	return fmt.Sprintf("%04d-W%02d", y, w),
		calendar.Window{Earliest: first, Latest: first.AddDays(6), Precision: calendar.Week}, first
}

// weekend: the one before the anchor unless the text points ahead.
func (f *finder) weekend(m *found) value {
	v := value{typ: TypeDate, relative: true, value: "XXXX-WXX-WE"}
	if f.anchor.IsZero() {
		return v
	}
	n := m.caps.get(clDir).n
	if n == 0 && isoDay(f.anchor) < 6 && f.tense(m) != future {
		n = -1
	}
	week, w, first := weekOf(f.anchor.AddDays(7 * n))
	v.value = week + "-WE"
	v.window, v.at = calendar.Between(first.AddDays(5), w.Latest), first.AddDays(5)
	return v
}

// ago: "three days ago", "two weeks later", "a year earlier".
func (f *finder) ago(m *found) value {
	n := m.caps.get(clNum)
	if k := m.rule.number("n", 0); k > 0 {
		n = capture{ok: true, n: k}
	}
	sign := m.rule.number("sign", -1)
	unit := unitOf(m)
	base := f.base(m)
	v := value{typ: TypeDate, relative: true}
	clock := unit == "hour" || unit == "minute" || unit == "second"
	if (n.text == "X" || !n.ok || clock) && m.rule.args["base"] == "focus" {
		return f.duration(m) // "a few days later" hangs on nothing that can be counted
	}
	if n.text == "X" || !n.ok {
		v.value = "PAST_REF"
		if sign > 0 {
			v.value = "FUTURE_REF"
		}
		return v
	}
	if base.IsZero() {
		v.value = unknownOf(unit)
		return v
	}
	switch unit {
	case "second", "minute", "hour":
		if base.Precision() == calendar.Day {
			d := base.AddDays(sign * (n.n / 24))
			v.value, v.window = d.String(), calendar.Between(d.AddDays(min(sign, 0)), d.AddDays(max(sign, 0)))
		}
		return v
	case "decade":
		return f.moved(base, sign*n.n*10, "year", v)
	case "century":
		return f.moved(base, sign*n.n*100, "year", v)
	}
	v = f.moved(base, sign*n.n, unit, v)
	f.addTime(m, &v)
	return v
}

// partOnly: "in the morning", "that night": the day is the one told before.
func (f *finder) partOnly(m *found) value {
	p := m.caps.get(clPart)
	v := value{typ: TypeTime, relative: true, value: "XXXX-XX-XXT" + p.text}
	base := f.base(m)
	if base.Precision() != calendar.Day {
		return v
	}
	d := base.AddDays(m.rule.number("n", 0))
	v.value, v.window, v.at = d.String(), d.Window(), d
	f.addTime(m, &v)
	return v
}

// clock: "10:35 a.m.": the day is the one told before, or the anchor.
func (f *finder) clock(m *found) value {
	t := clockOf(m)
	v := value{typ: TypeTime, relative: true, value: "XXXX-XX-XX" + t}
	base := f.focus
	if base.IsZero() || m.sentence-f.focusAt > 1 && !f.narrative {
		base = f.anchor
	}
	if base.Precision() == calendar.Day {
		v.value, v.window = base.String()+t, base.Window()
	}
	return v
}

// quarterOf: "the third quarter of 1989", "third-quarter".
func (f *finder) quarterOf(m *found) value {
	q := m.caps.get(clOrdinal).n
	if q < 1 || q > 4 {
		return value{}
	}
	v := value{typ: TypeDate, relative: true}
	year := m.caps.get(clYear).n
	if year == 0 {
		year = m.caps.get(clYearBare).n
	}
	dir := m.caps.get(clDir)
	switch {
	case year > 0:
		v.relative = false
	case f.anchor.IsZero():
		v.value = fmt.Sprintf("XXXX-Q%d", q)
		return v
	case dir.ok:
		year = f.anchor.Year + dir.n
	default:
		year = f.anchor.Year
		begun := (q-1)*3+1 <= f.anchor.Month
		if !begun && f.tense(m) != future {
			year--
		}
	}
	v.value, v.window, v.at = quarterWindow(year, q)
	f.quarter, f.quarterAt = v.value, m.sentence
	return v
}

func quarterWindow(year, q int) (string, calendar.Window, calendar.Date) {
	first := calendar.Date{Year: year, Month: 3*q - 2}
	return fmt.Sprintf("%04d-Q%d", year, q), calendar.Between(first.First(), first.AddMonths(2).Last()), first
}
