package entities

import (
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var (
	dateForm = regexp.MustCompile(`^(1\d|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)
	idForm   = regexp.MustCompile(`^[0-9A-Za-z]([0-9A-Za-z.\-]*[0-9A-Za-z])?$`)
	bicForm  = regexp.MustCompile(`^[A-Z]{4}[A-Z]{2}[0-9A-Z]{2}([0-9A-Z]{3})?$`)
	isinForm = regexp.MustCompile(`^[A-Z]{2}[0-9A-Z]{9}[0-9]$`)
	wikidata = regexp.MustCompile(`^Q[1-9][0-9]*$`)
	commas   = regexp.MustCompile(`,(\s*,)+`)
	phone    = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
)

// clean gives a value in the form that the property's type takes, "" where it
// has no such form: a value in another form would be refused or lost by the
// library, and stands under notes instead. Free text that is too long is cut.
func clean(p *Property, v string) string {
	v = strings.ToValidUTF8(strings.TrimSpace(v), "\ufffd")
	v = strings.TrimSpace(strings.Map(printable, norm.NFC.String(v)))
	most := p.Max
	if most == 0 {
		most = Vocabulary().Types[p.Type].Max
	}
	if long := utf8.RuneCountInString(v) > most; v == "" || long {
		switch p.Type {
		case "text", "string", "name", "address", "html":
			v = strings.TrimSpace(cut(v, most))
		default:
			return ""
		}
	}
	switch p.Type {
	case "country":
		v = strings.ToLower(v)
		if _, known := Vocabulary().Countries[v]; !known {
			return ""
		}
	case "date":
		if !dateForm.MatchString(v) {
			return ""
		}
	case "entity":
		if !idForm.MatchString(v) {
			return ""
		}
	case "topic":
		if _, known := Vocabulary().Topics[v]; !known {
			return ""
		}
	case "gender":
		if v != "male" && v != "female" {
			return ""
		}
	case "url":
		u, err := url.Parse(v)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || !strings.Contains(u.Host, ".") {
			return ""
		}
		if u.Path == "" {
			u.Path, v = "/", ""
		}
		if v == "" {
			v = u.String()
		}
	case "email":
		a, err := mail.ParseAddress(v)
		if err != nil || a.Address != v {
			return ""
		}
		v = strings.ToLower(v)
	case "phone":
		if v = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "").Replace(v); !phone.MatchString(v) {
			return ""
		}
	case "identifier":
		return identifier(p.Format, v)
	case "address":
		v = commas.ReplaceAllString(strings.ReplaceAll(v, ";", ","), ",")
		return strings.Join(strings.Fields(v), " ")
	case "name":
		return strings.Join(strings.Fields(unquote(v)), " ")
	}
	return v
}

// printable leaves out what a terminal or a spreadsheet would act on, and
// characters without width.
func printable(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case unicode.IsControl(r):
		return ' '
	case r >= 0x200b && r <= 0x200d, r == 0xfeff, r == 0xad, r >= 0x2060 && r <= 0x2064:
		return -1
	}
	return r
}

func cut(v string, most int) string {
	for i := range v {
		if most--; most < 0 {
			return v[:i]
		}
	}
	return v
}

// unquote takes away quotation marks around a whole name.
func unquote(v string) string {
	if n := len(v); n > 2 && strings.ContainsRune("\"'", rune(v[0])) && strings.ContainsRune("\"'", rune(v[n-1])) {
		return v[1 : n-1]
	}
	return v
}

// identifier holds numbers with a known form against their check digits.
func identifier(format, v string) string {
	compact := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", ".", "").Replace(v))
	switch format {
	case "":
		return v
	case "imo":
		if imo := strings.TrimPrefix(compact, "IMO"); imoDigits(imo) {
			return "IMO" + imo
		}
	case "lei":
		if leiDigits(compact) {
			return compact
		}
	case "bic":
		if bicForm.MatchString(compact) {
			return compact
		}
	case "isin":
		if isinForm.MatchString(compact) && luhn(compact) {
			return compact
		}
	case "wikidata":
		if wikidata.MatchString(v) {
			return v
		}
	}
	return ""
}

// imoDigits checks a ship number: seven digits, the last the sum of the others
// times 7 to 2, modulo 10 (IMO resolution A.1117(30)).
func imoDigits(s string) bool {
	if len(s) != 7 {
		return false
	}
	sum := 0
	for i := range 7 {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		if i < 6 {
			sum += int(s[i]-'0') * (7 - i)
		}
	}
	return sum%10 == int(s[6]-'0')
}

// leiDigits checks a Legal Entity Identifier: 20 letters and digits, modulo 97
// equal to 1 with A = 10 to Z = 35 (ISO 17442, ISO 7064).
func leiDigits(s string) bool {
	if len(s) != 20 {
		return false
	}
	mod := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			mod = (mod*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			mod = (mod*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return mod == 1
}

// luhn checks an ISIN: letters as two digits, every second digit from the right
// doubled (ISO 6166).
func luhn(s string) bool {
	var digits []int
	for i := range len(s) {
		if c := s[i]; c >= 'A' {
			digits = append(digits, int(c-'A'+10)/10, int(c-'A'+10)%10)
		} else {
			digits = append(digits, int(c-'0'))
		}
	}
	sum := 0
	for i := range digits {
		d := digits[len(digits)-1-i]
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
