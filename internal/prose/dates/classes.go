package dates

// classID names a class of words or numbers that rules refer to as <class>.
type classID uint8

// Classes. Those up to lastWordClass come from vocabulary.txt, the others are
// read from digits or composed from words.
const (
	clNone     classID = iota
	clMonth            // 1..12
	clWeekday          // 1..7, Monday first
	clSeason           // SP SU FA WI
	clUnit             // second .. century, singular
	clUnits            // the same, plural
	clDay0             // today 0, yesterday -1, tomorrow 1
	clDir              // last -1, this 0, next 1
	clMod              // START MID END
	clPart             // MO MI AF EV NI DT: parts of a day
	clMeridiem         // am pm
	clZone             // names of time zones
	clHoliday          // MM-DD, or the name of a rule for movable ones
	clOne              // a, one, each number word below
	clTeens            // ten .. nineteen and other numbers that do not compose
	clTens             // twenty .. ninety
	clScale            // hundred, thousand
	clVague            // several, few, many: a number that is not told
	clOrd              // first, second ...
	clSuffix           // st nd rd th; го; er
	clApprox           // about, nearly, at least
	clEvery            // each, every
	clFreq             // daily, weekly: the value is the TIMEX period
	clRef              // PAST_REF PRESENT_REF FUTURE_REF
	clPrep             // words after which a bare year stands
	clPast             // past verbs
	clFuture           // will, shall, plans
	clPresent          // finite present verbs
	clNotYear          // words after a number that make it a count
	clSignal           // since, until, before, after, by
	clMoney            // words before a rate: "$2 million a year"
	lastWordClass
	clNum      // a number in words or digits
	clDay      // 1..31 in digits, with its suffix
	clDayFrom  // the first day of "3-9 May"
	clYear     // four digits
	clYearBare // four digits that can only be a year
	clYY       // two digits
	clYYY      // one to four digits, before BC
	clDecade   // four or two digits that end in 0
	clHour     // 0..24
	clMinute   // two digits 00..59
	clMonthNum // 1..12 in digits
	clHHMM     // four digits that can be a time
	clOrdinal  // first, 21st
	classCount
)

var classNames = map[string]classID{
	"month": clMonth, "weekday": clWeekday, "season": clSeason, "unit": clUnit, "units": clUnits,
	"day0": clDay0, "dir": clDir, "mod": clMod, "part": clPart, "meridiem": clMeridiem, "zone": clZone,
	"holiday": clHoliday, "one": clOne, "teens": clTeens, "tens": clTens, "scale": clScale,
	"vague": clVague, "ord": clOrd, "suffix": clSuffix, "approx": clApprox, "every": clEvery,
	"freq": clFreq, "ref": clRef, "prep": clPrep, "past": clPast, "future": clFuture,
	"present": clPresent, "notyear": clNotYear, "signal": clSignal, "money": clMoney,
	"num": clNum, "day": clDay, "dayfrom": clDayFrom, "year": clYear, "yearbare": clYearBare,
	"yy": clYY, "yyy": clYYY, "decade": clDecade, "hour": clHour, "minute": clMinute,
	"monthnum": clMonthNum, "hhmm": clHHMM, "ordinal": clOrdinal,
}

// capture is what a class read.
type capture struct {
	text string
	n    int
	at   int // index of its first atom
	ok   bool
	half bool // a half more: "two and a half"
}

// captures is the trail of what a rule has read so far; backtracking cuts it.
type captures struct {
	n   int
	log [10]struct {
		class classID
		capture
	}
}

func (c *captures) push(class classID, v capture) bool {
	if c.n == len(c.log) {
		return false
	}
	c.log[c.n].class, c.log[c.n].capture = class, v
	c.n++
	return true
}

// get gives what was read for a class; ok is false where nothing was.
func (c *captures) get(class classID) capture {
	for i := c.n - 1; i >= 0; i-- {
		if c.log[i].class == class {
			return c.log[i].capture
		}
	}
	return capture{}
}

// read tries class c at atom i and gives the atom after it, or -1.
func (l *language) read(as []atom, i int, c classID, out *capture) int {
	if i >= len(as) {
		return -1
	}
	a := &as[i]
	out.at = i
	if c < lastWordClass {
		w := l.reading(a, c)
		if w == nil {
			return -1
		}
		out.ok, out.n, out.text, out.half = true, w.n, w.text, false
		if w.dot && i+1 < len(as) && !as[i+1].gap && as[i+1].sym == l.symbols["."] && as[i+1].sym != 0 {
			return i + 2
		}
		return i + 1
	}
	switch c {
	case clNum:
		return l.readNumber(as, i, out)
	case clOrdinal:
		return l.readOrdinal(as, i, out)
	}
	if a.digits == 0 || !inDigits(a, c) {
		return -1
	}
	if c == clYearBare && !l.surelyYear(as, i) {
		return -1
	}
	*out = capture{ok: true, n: a.n, at: i}
	i++
	if (c == clDay || c == clDayFrom) && i < len(as) && !as[i].gap && l.reading(&as[i], clSuffix) != nil {
		i++
	}
	return i
}

func inDigits(a *atom, c classID) bool {
	switch c {
	case clDay, clDayFrom:
		return a.digits <= 2 && a.n >= 1 && a.n <= 31
	case clYear, clYearBare:
		return a.digits == 4 && a.n >= 1000 && a.n <= 2100
	case clYY:
		return a.digits == 2
	case clYYY:
		return a.digits <= 4 && a.n > 0
	case clDecade:
		return (a.digits == 4 && a.n >= 1000 && a.n < 2100 || a.digits == 2) && a.n%10 == 0
	case clHour:
		return a.digits <= 2 && a.n <= 24
	case clMinute:
		return a.digits == 2 && a.n < 60
	case clMonthNum:
		return a.digits <= 2 && a.n >= 1 && a.n <= 12
	case clHHMM:
		return a.digits == 4 && a.n < 2400 && a.n%100 < 60
	}
	return false
}

// surelyYear tells "in 1939" from "1939 people", "1,939" and "$1939". A number
// outside 1900..2050 needs a word before it that years follow.
func (l *language) surelyYear(as []atom, i int) bool {
	a := &as[i]
	after := i > 0 && l.reading(&as[i-1], clPrep) != nil
	if i > 0 && !after && !a.gap && as[i-1].digits > 0 {
		return false
	}
	if i > 0 && l.sameMark(&as[i-1], "$€£#№") || i > 1 && !a.gap && l.sameMark(&as[i-1], ".,:/") && as[i-2].digits > 0 {
		return false
	}
	if i+1 < len(as) {
		b := &as[i+1]
		if l.reading(b, clNotYear) != nil || !b.gap && l.sameMark(b, "%/:") {
			return false
		}
		if i+2 < len(as) && !b.gap && !as[i+2].gap && as[i+2].digits > 0 && l.sameMark(b, ".,:/") {
			return false
		}
	}
	return after || a.n >= 1900 && a.n <= 2050
}

func (l *language) sameMark(a *atom, marks string) bool {
	for _, m := range marks {
		if s, ok := l.symbols[string(m)]; ok && s == a.sym {
			return true
		}
	}
	return false
}

// readNumber reads digits ("12", "2 1/2", "1,500"), number words ("twenty-four",
// "a hundred", "two and a half") and vague numbers; a vague one has n == 0.
func (l *language) readNumber(as []atom, i int, out *capture) int {
	*out = capture{ok: true, at: i}
	a := &as[i]
	if a.digits > 0 {
		return l.readDigitNumber(as, i, out)
	}
	if w := l.reading(a, clVague); w != nil {
		out.text = "X"
		return i + 1
	}
	if j := l.readVagueGroup(as, i); j > 0 {
		out.text = "X"
		return j
	}
	j := i
	for j < len(as) {
		step := j
		if j > i && !as[j].gap && l.sameMark(&as[j], "-") {
			step++
		}
		n, ok := l.addNumber(as, step, out.n)
		if !ok {
			break
		}
		out.n, j = n, step+1
	}
	if j == i {
		return -1
	}
	return j
}

// readVagueGroup reads "a few", "the next several".
func (l *language) readVagueGroup(as []atom, i int) int {
	if i+1 >= len(as) {
		return 0
	}
	one := l.reading(&as[i], clOne)
	if one == nil || one.n != 1 || l.reading(&as[i+1], clVague) == nil {
		return 0
	}
	return i + 2
}

func (l *language) readDigitNumber(as []atom, i int, out *capture) int {
	out.n = as[i].n
	j := i + 1
	comma := func(k int) bool {
		return k+1 < len(as) && !as[k].gap && l.sameMark(&as[k], ",") && as[k+1].digits == 3 && !as[k+1].gap
	}
	for comma(j) {
		out.n = out.n*1000 + as[j+1].n
		j += 2
	}
	if j+2 < len(as) && as[j].digits == 1 && as[j].n == 1 && l.sameMark(&as[j+1], "/") && as[j+2].n == 2 {
		out.half, j = true, j+3
	}
	if j < len(as) {
		if w := l.reading(&as[j], clScale); w != nil {
			out.n, j = out.n*w.n, j+1
		}
	}
	if out.n > 1e6 || j == i+1 && as[i].digits == 4 && out.n >= 1900 && out.n <= 2050 {
		return -1 // too many, or a year: "the 1988 quarter"
	}
	return j
}

// addNumber joins the number word at i to what was read so far.
func (l *language) addNumber(as []atom, i, n int) (int, bool) {
	if i >= len(as) {
		return 0, false
	}
	a := &as[i]
	if w := l.reading(a, clTens); w != nil && (n == 0 || n%100 == 0 || n >= 13 && n < 21) {
		if n >= 13 && n < 21 { // nineteen eighty
			return n*100 + w.n, true
		}
		return n + w.n, true
	}
	if w := l.reading(a, clTeens); w != nil && (n == 0 || n%100 == 0) {
		return n + w.n, true
	}
	if w := l.reading(a, clOne); w != nil && n%10 == 0 && (n == 0 || n%100 != 10) {
		return n + w.n, true
	}
	if w := l.reading(a, clScale); w != nil && n < 1000 {
		if n == 0 {
			n = 1
		}
		return n * w.n, true
	}
	return 0, false
}

// readOrdinal reads "third", "21st" and "twenty-first".
func (l *language) readOrdinal(as []atom, i int, out *capture) int {
	a := &as[i]
	if a.digits > 0 && a.digits <= 2 && i+1 < len(as) && !as[i+1].gap && l.reading(&as[i+1], clSuffix) != nil {
		*out = capture{ok: true, n: a.n, at: i}
		return i + 2
	}
	tens := l.reading(a, clTens)
	if tens != nil && i+2 < len(as) && l.sameMark(&as[i+1], "-") {
		if w := l.reading(&as[i+2], clOrd); w != nil {
			*out = capture{ok: true, n: tens.n + w.n, at: i}
			return i + 3
		}
	}
	w := l.reading(a, clOrd)
	if w == nil {
		return -1
	}
	*out = capture{ok: true, n: w.n, at: i}
	return i + 1
}
