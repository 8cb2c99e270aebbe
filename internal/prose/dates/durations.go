package dates

import (
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
)

// periodCodes are ISO 8601 letters of the units; hours and less take a T.
var periodCodes = map[string]string{
	"second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "fortnight": "W", "month": "M",
	"quarter": "M", "year": "Y", "decade": "Y", "century": "Y", "night": "D", "weekend": "D",
}

var periodFactor = map[string]int{"quarter": 3, "decade": 10, "century": 100, "fortnight": 2, "weekend": 2}

// period is the ISO 8601 period of a number and unit: P2M, PT5H30M, PXY.
func (f *finder) period(m *found) string {
	unit := unitOf(m)
	letter := periodCodes[unit]
	if letter == "" {
		return ""
	}
	clock := unit == "hour" || unit == "minute" || unit == "second"
	prefix := "P"
	if clock {
		prefix = "PT"
	}
	num := m.caps.get(clNum)
	half := num.half || m.rule.args["half"] != ""
	switch {
	case num.text == "X" || !num.ok && m.rule.args["n"] == "":
		switch unit {
		case "decade":
			letter = "E"
		case "century":
			letter = "C"
		}
		return prefix + "X" + letter
	case !num.ok:
		num.n = m.rule.number("n", 1)
	}
	factor := max(periodFactor[unit], 1)
	var b strings.Builder
	b.WriteString(prefix)
	if num.n > 0 || !half {
		b.WriteString(strconv.Itoa(num.n*factor) + letter)
	}
	if half {
		b.WriteString(map[string]string{"Y": "6M", "H": "30M", "M": "15D", "W": "3D", "D": "T12H"}[letter])
		if clock && letter == "M" {
			return prefix + strconv.Itoa(num.n) + "M30S"
		}
	}
	return b.String()
}

func (f *finder) duration(m *found) value {
	return value{typ: TypeDuration, value: f.period(m), mod: m.caps.get(clApprox).text}
}

// span is a duration that ends or begins at the anchor: "the past three
// months", "the next two weeks". The TIMEX value is a period, the window is
// the days of it; a number that is not told gives no window.
func (f *finder) span(m *found) value {
	v := f.duration(m)
	v.relative = true
	num := m.caps.get(clNum)
	if k := m.rule.number("n", 0); k > 0 {
		num = capture{ok: true, n: k}
	}
	if f.anchor.IsZero() || f.narrative || num.text == "X" || !num.ok {
		return v
	}
	sign := m.caps.get(clDir).n
	if m.rule.args["sign"] != "" {
		sign = m.rule.number("sign", -1)
	}
	other := f.anchor
	switch unit := unitOf(m); unit {
	case "second", "minute", "hour":
		other = other.AddDays(sign * (num.n + 23) / 24)
	case "day":
		other = other.AddDays(sign * num.n)
	case "week", "fortnight":
		other = other.AddDays(sign * 7 * num.n * max(periodFactor[unit], 1))
	case "month", "quarter":
		other = other.AddMonths(sign * num.n * max(periodFactor[unit], 1))
	default:
		other = other.AddMonths(sign * 12 * num.n * max(periodFactor[unit], 1))
	}
	if sign < 0 {
		v.window = calendar.Between(other, f.anchor)
	} else {
		v.window = calendar.Between(f.anchor, other)
	}
	return v
}
