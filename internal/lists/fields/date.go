package fields

import (
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
)

var months = map[string]int{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
	"sept": 9, "june": 6, "july": 7, "january": 1, "february": 2, "march": 3, "april": 4, "august": 8, "september": 9,
	"october": 10, "november": 11, "december": 12,
}

// Order of day and month where a date is written with numbers only.
type Order uint8

// Orders: UK and EU lists write day first, OFAC's XML month first.
const (
	DayFirst Order = iota
	MonthFirst
)

// Date reads a date as lists write it: ISO with or without a time or a zone
// ("2015-07-01-04:00"), "11 Mar 1957", "March 1957", "24.3.2007",
// "24/03/2007" with "00" for unknown parts, "Mar 11, 1957", "1957". ok is
// false for anything else; the zero date with true never occurs.
func Date(text string, order Order) (calendar.Date, bool) {
	text = strings.TrimSpace(text)
	if len(text) < 4 || len(text) > 64 {
		return calendar.Date{}, false
	}
	if d, ok := isoDate(text); ok {
		return d, true
	}
	parts := strings.FieldsFunc(text, func(u rune) bool { return strings.ContainsRune(" ./-,\t", u) })
	if len(parts) < 1 || len(parts) > 4 {
		return calendar.Date{}, false
	}
	if len(parts) == 4 && strings.Contains(parts[3], ":") {
		parts = parts[:3] // a time of day follows
	}
	return fromParts(parts, order)
}

func isoDate(text string) (calendar.Date, bool) {
	if len(text) > 10 && (text[10] == '-' || text[10] == '+' || text[10] == 'Z' || text[10] == 'T' || text[10] == ' ') {
		text = text[:10]
	}
	if len(text) != 4 && len(text) != 7 && len(text) != 10 {
		return calendar.Date{}, false
	}
	if strings.Trim(text, "0123456789-") != "" {
		return calendar.Date{}, false
	}
	// "1957-00-00" stands for a year in some exports.
	text = strings.TrimSuffix(strings.TrimSuffix(text, "-00"), "-00")
	d, err := calendar.Parse(text)
	return d, err == nil && d.Year >= 1000
}

func fromParts(parts []string, order Order) (calendar.Date, bool) {
	var nums []int
	month := 0
	for _, p := range parts {
		word := strings.ToLower(p)
		if m, ok := months[word]; ok && month == 0 {
			month = m
			continue
		}
		word = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(word, "st"), "nd"), "rd"), "th")
		n, err := strconv.Atoi(word)
		if err != nil || n < 0 || len(word) > 4 || len(word) == 3 {
			return calendar.Date{}, false
		}
		nums = append(nums, n)
	}
	d, ok := arrange(nums, month, order)
	if !ok || d.Year < 1000 || !d.Valid() {
		return calendar.Date{}, false
	}
	return d, true
}

func arrange(nums []int, month int, order Order) (calendar.Date, bool) {
	switch {
	case month > 0 && len(nums) == 1:
		return calendar.Date{Year: nums[0], Month: month}, true
	case month > 0 && len(nums) == 2 && nums[0] > 31:
		return calendar.Date{Year: nums[0], Month: month, Day: nums[1]}, true
	case month > 0 && len(nums) == 2:
		return calendar.Date{Year: nums[1], Month: month, Day: nums[0]}, true
	case month == 0 && len(nums) == 1:
		return calendar.Date{Year: nums[0]}, true
	case month == 0 && len(nums) == 2 && nums[0] <= 12:
		return calendar.Date{Year: nums[1], Month: nums[0]}, true
	case month == 0 && len(nums) == 3:
		return numeric(nums, order)
	}
	return calendar.Date{}, false
}

func numeric(n []int, order Order) (calendar.Date, bool) {
	d := calendar.Date{Year: n[2], Month: n[1], Day: n[0]}
	switch {
	case n[0] > 31:
		d = calendar.Date{Year: n[0], Month: n[1], Day: n[2]}
	case order == MonthFirst && n[0] <= 12:
		d.Month, d.Day = n[0], n[1]
	}
	if d.Month == 0 {
		d.Day = 0
	}
	return d, true
}

// Span reads a birth date that may be a range, and whether it is approximate:
// "circa 1951", "1957 to 1959", "between 1957 and 1959", "c. 1960",
// "1948-1950", "01 Jan 1957 to 31 Dec 1957".
func Span(text string, order Order) (w calendar.Window, circa, ok bool) {
	text = strings.TrimSpace(text)
	low := strings.ToLower(text)
	for _, cue := range []string{"circa ", "approximately ", "approx. ", "approx ", "around ", "about ", "ca. ", "ca ", "c. ", "c.", "~"} {
		if strings.HasPrefix(low, cue) {
			circa = true
			text = strings.TrimSpace(text[len(cue):])
			low = strings.ToLower(text)
			break
		}
	}
	if rest, found := strings.CutPrefix(low, "between "); found {
		text = strings.Replace(rest, " and ", " to ", 1)
	}
	if d, good := Date(text, order); good {
		return d.Window(), circa, true
	}
	for _, sep := range []string{" to ", " - ", "–", "/", "-"} {
		a, b, found := strings.Cut(text, sep)
		if !found {
			continue
		}
		from, okA := Date(a, order)
		to, okB := Date(b, order)
		if okA && okB && !to.Last().Before(from.First()) {
			return calendar.Between(from.First(), to.Last()), circa, true
		}
	}
	return calendar.Window{}, circa, false
}
