package calendar

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Precision says how much of a date is known.
type Precision uint8

// Precisions, from nothing known to the exact day. Week and Window occur only
// on windows.
const (
	Unknown Precision = iota
	Day
	Week
	Month
	Year
	WindowOnly
)

var precisionNames = [...]string{"", "day", "week", "month", "year", "window"}

// String gives "day", "week", "month", "year", "window", or "" for Unknown.
func (p Precision) String() string {
	if int(p) < len(precisionNames) {
		return precisionNames[p]
	}
	return "precision(" + strconv.Itoa(int(p)) + ")"
}

// MarshalText writes the name of the precision.
func (p Precision) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (p *Precision) UnmarshalText(b []byte) error {
	for i, n := range precisionNames {
		if n == string(b) {
			*p = Precision(i)
			return nil
		}
	}
	return fmt.Errorf("calendar: unknown precision %q", b)
}

// Date is a civil date in the proleptic Gregorian calendar. Month and Day may
// be zero where only the year, or the year and month, are known. The zero
// Date is unknown.
type Date struct {
	Year, Month, Day int
}

// On builds a full date. It does not check the calendar; see Valid.
func On(year, month, day int) Date { return Date{year, month, day} }

// FromTime takes the civil date of t in t's own zone.
func FromTime(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	y, m, d := t.Date()
	return Date{y, int(m), d}
}

// Parse reads "2006", "2006-01", "2006-01-02" or a longer ISO 8601 time of
// which it takes the date. The empty string is the unknown date.
func Parse(s string) (Date, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return Date{}, nil
	}
	head, _, _ := strings.Cut(s, "T")
	head, _, _ = strings.Cut(head, " ")
	parts := strings.Split(head, "-")
	if len(parts) > 3 {
		return Date{}, fmt.Errorf("calendar: %q is no ISO date", s)
	}
	var n [3]int
	for i, p := range parts {
		want := 2
		if i == 0 {
			want = 4
		}
		v, err := strconv.Atoi(p)
		if err != nil || len(p) != want || v < 0 {
			return Date{}, fmt.Errorf("calendar: %q is no ISO date", s)
		}
		n[i] = v
	}
	d := Date{n[0], n[1], n[2]}
	if !d.Valid() {
		return Date{}, fmt.Errorf("calendar: %q is no day of the calendar", s)
	}
	return d, nil
}

// MustParse is Parse for constants in code and tests; it panics on bad input.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// IsZero reports that nothing is known of the date.
func (d Date) IsZero() bool { return d == Date{} }

// Precision is Unknown, Year, Month or Day.
func (d Date) Precision() Precision {
	switch {
	case d.Year == 0:
		return Unknown
	case d.Month == 0:
		return Year
	case d.Day == 0:
		return Month
	}
	return Day
}

// Valid reports whether the known parts name a date that exists.
func (d Date) Valid() bool {
	switch d.Precision() {
	case Unknown:
		return d.IsZero()
	case Year:
		return d.Day == 0 && d.Year > 0 && d.Year < 10000
	case Month:
		return d.Month >= 1 && d.Month <= 12
	}
	return d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= DaysIn(d.Year, d.Month)
}

// DaysIn gives the number of days of a month.
func DaysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// First is the earliest day the date can be: 2015 gives 2015-01-01.
func (d Date) First() Date {
	switch d.Precision() {
	case Year:
		return Date{d.Year, 1, 1}
	case Month:
		return Date{d.Year, d.Month, 1}
	}
	return d
}

// Last is the latest day the date can be: 2015-02 gives 2015-02-28.
func (d Date) Last() Date {
	switch d.Precision() {
	case Year:
		return Date{d.Year, 12, 31}
	case Month:
		return Date{d.Year, d.Month, DaysIn(d.Year, d.Month)}
	}
	return d
}

// Window is First..Last with the date's own precision.
func (d Date) Window() Window {
	if d.IsZero() {
		return Window{}
	}
	return Window{Earliest: d.First(), Latest: d.Last(), Precision: d.Precision()}
}

// Time gives midnight UTC of the first day; the zero Date gives the zero Time.
func (d Date) Time() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	f := d.First()
	return time.Date(f.Year, time.Month(f.Month), f.Day, 0, 0, 0, 0, time.UTC)
}

// AddDays moves a full date by n days.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return FromTime(d.Time().AddDate(0, 0, n))
}

// AddMonths moves by n months and keeps the day inside the target month:
// 31 January plus one month is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	m := d.Month
	if m == 0 {
		m = 1
	}
	t := d.Year*12 + m - 1 + n
	out := Date{t / 12, t%12 + 1, d.Day}
	if out.Day > 0 {
		out.Day = min(out.Day, DaysIn(out.Year, out.Month))
	}
	return out
}

// DaysUntil counts days from d to e, negative when e is earlier. Both must be
// full dates.
func (d Date) DaysUntil(e Date) int {
	return int(e.Time().Sub(d.Time()) / (24 * time.Hour))
}

// Weekday of the first day of d.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Compare orders by year, month, day; unknown sorts first.
func (d Date) Compare(e Date) int {
	a, b := d.Year*10000+d.Month*100+d.Day, e.Year*10000+e.Month*100+e.Day
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Before reports d < e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports d > e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// String gives the ISO form of what is known: "2015", "2015-07", "2015-07-24"
// or "".
func (d Date) String() string {
	switch d.Precision() {
	case Unknown:
		return ""
	case Year:
		return fmt.Sprintf("%04d", d.Year)
	case Month:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form.
func (d *Date) UnmarshalText(b []byte) error {
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Window is a span of days, both ends included. A zero end is open; the zero
// Window is unknown.
type Window struct {
	Earliest, Latest Date
	Precision        Precision
}

// Between builds a window and works out its precision from its ends.
func Between(earliest, latest Date) Window {
	w := Window{Earliest: earliest, Latest: latest, Precision: WindowOnly}
	switch {
	case earliest.IsZero() && latest.IsZero():
		w.Precision = Unknown
	case earliest == latest && earliest.Precision() == Day:
		w.Precision = Day
	}
	return w
}

// IsZero reports that nothing is known.
func (w Window) IsZero() bool { return w.Earliest.IsZero() && w.Latest.IsZero() }

// Days counts the days of a closed window, 0 for an open or unknown one.
func (w Window) Days() int {
	if w.Earliest.IsZero() || w.Latest.IsZero() {
		return 0
	}
	return w.Earliest.DaysUntil(w.Latest) + 1
}

// Overlaps reports whether two windows share a day. An unknown window overlaps
// nothing: unknown is not "any day".
func (w Window) Overlaps(v Window) bool {
	if w.IsZero() || v.IsZero() {
		return false
	}
	return !startsAfter(w, v) && !startsAfter(v, w)
}

func startsAfter(w, v Window) bool {
	return !w.Earliest.IsZero() && !v.Latest.IsZero() && w.Earliest.After(v.Latest)
}

// Intersect is the common part; ok is false where there is none.
func (w Window) Intersect(v Window) (Window, bool) {
	if !w.Overlaps(v) {
		return Window{}, false
	}
	out := Between(later(w.Earliest, v.Earliest), earlier(w.Latest, v.Latest))
	return out, true
}

// Hull is the smallest window that holds both; an unknown one adds nothing.
func (w Window) Hull(v Window) Window {
	switch {
	case w.IsZero():
		return v
	case v.IsZero():
		return w
	}
	e, l := Date{}, Date{}
	if !w.Earliest.IsZero() && !v.Earliest.IsZero() {
		e = earlier(w.Earliest, v.Earliest)
	}
	if !w.Latest.IsZero() && !v.Latest.IsZero() {
		l = later(w.Latest, v.Latest)
	}
	return Between(e, l)
}

// Contains reports whether every day of v lies in w.
func (w Window) Contains(v Window) bool {
	if w.IsZero() || v.IsZero() {
		return false
	}
	left := w.Earliest.IsZero() || (!v.Earliest.IsZero() && !v.Earliest.Before(w.Earliest))
	right := w.Latest.IsZero() || (!v.Latest.IsZero() && !v.Latest.After(w.Latest))
	return left && right
}

func earlier(a, b Date) Date {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}

func later(a, b Date) Date {
	if b.After(a) {
		return b
	}
	return a
}

// String gives "2016-04-14..2016-04-15", one date where both ends agree, or
// "unknown".
func (w Window) String() string {
	switch {
	case w.IsZero():
		return "unknown"
	case w.Earliest == w.Latest:
		return w.Earliest.String()
	}
	return w.Earliest.String() + ".." + w.Latest.String()
}

type windowJSON struct {
	Earliest  Date      `json:"earliest"`
	Latest    Date      `json:"latest"`
	Precision Precision `json:"precision,omitempty"`
}

// MarshalJSON writes {"earliest","latest","precision"}, or null when unknown.
func (w Window) MarshalJSON() ([]byte, error) {
	if w.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(windowJSON(w))
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (w *Window) UnmarshalJSON(b []byte) error {
	var v *windowJSON
	if err := json.Unmarshal(b, &v); err != nil {
		return fmt.Errorf("calendar: window: %w", err)
	}
	*w = Window{}
	if v != nil {
		*w = Window(*v)
	}
	return nil
}
