package dates

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
)

// holiday reads fixed days (MM-DD) and the movable ones that rules know.
func (f *finder) holiday(m *found) value {
	name := m.caps.get(clHoliday).text
	if x := m.rule.args["name"]; x != "" {
		name = x
	}
	v := value{typ: TypeDate, relative: true}
	year := m.caps.get(clYear).n
	if year == 0 {
		month := 12
		if mm, _, ok := strings.Cut(name, "-"); ok {
			month, _ = strconv.Atoi(mm)
		} else if name == "easter" {
			month = 4
		} else if name == "newyear" {
			month = 1
		} else if name == "thanksgiving" {
			month = 11
		}
		year = f.likelyYear(m, calendar.Date{Month: month})
		if dir := m.caps.get(clDir); dir.ok {
			year = f.directedYear(m, dir.n, calendar.Date{Month: month})
		}
	}
	if year == 0 {
		v.value = "XXXX-XX-XX"
		if len(name) == 5 && name[2] == '-' {
			v.value = "XXXX-" + name
		}
		return v
	}
	d := holidayIn(name, year)
	v.value, v.window, v.at = d.String(), d.Window(), d
	return v
}

func holidayIn(name string, year int) calendar.Date {
	switch name {
	case "newyear":
		return calendar.On(year, 1, 1)
	case "thanksgiving": // fourth Thursday of November (United States)
		first := calendar.On(year, 11, 1)
		return first.AddDays((4-isoDay(first)+7)%7 + 21)
	case "easter":
		return easter(year)
	}
	d, _ := calendar.Parse(fmt.Sprintf("%04d-%s", year, name))
	return d
}

// easter is the Gregorian computation (Meeus, Astronomical Algorithms, ch. 8).
func easter(y int) calendar.Date {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return calendar.On(y, n/31, n%31+1)
}

// dayRange: "May 3-9" is one expression whose window is both ends and what lies
// between; its TIMEX value is the first day.
func (f *finder) dayRange(m *found) value {
	last, told := f.dateParts(m)
	first := calendar.Date{Year: last.Year, Month: last.Month, Day: m.caps.get(clDayFrom).n}
	if last.Year == 0 || !first.Valid() || !last.Valid() || last.Before(first) {
		return value{}
	}
	return value{typ: TypeDate, value: first.String(), relative: !told, at: last,
		window: calendar.Between(first, last)}
}
