package runs

// Bytes of a stretch that may be a number.
const (
	shortNumber = 5
	longNumber  = 110
)

func partOfNumber(text string, i int) bool {
	switch KindOfByte[text[i]] {
	case Digit, Lower, Upper:
		return true
	}
	return text[i] == '-' && i+1 < len(text) && KindOfByte[text[i+1]] != Other
}

// NumberKey keeps letters and digits in lower case. Shorter than five, or
// without a digit, it identifies nobody.
func NumberKey(s string) string {
	b := make([]byte, 0, len(s))
	digits := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		case c >= '0' && c <= '9':
			digits++
			b = append(b, c)
		case c >= 'a' && c <= 'z':
			b = append(b, c)
		}
	}
	if len(b) < 5 || digits < 2 {
		return ""
	}
	return string(b)
}
