package sound

// Key is the consonant frame of a Latin word: equal for Qasem, Kassim and
// Ghasem. Words without letters keep their digits.
func Key(w string) string {
	var buf [64]byte
	return string(AppendKey(buf[:0], w))
}

// AppendKey appends Key(w) to dst without allocating.
func AppendKey[T ~string | ~[]byte](dst []byte, w T) []byte {
	start := len(dst)
	for i := 0; i < len(w); {
		class, n := classAt(w, i, i == 0)
		i += n
		for _, c := range []byte(class) {
			if len(dst) > start && dst[len(dst)-1] == c && (c < '0' || c > '9') {
				continue
			}
			dst = append(dst, c)
		}
	}
	// A final h is often only the sign of a final a.
	if n := len(dst); n > start+1 && dst[n-1] == 'H' && w[len(w)-1] == 'h' && (len(w) < 2 || w[len(w)-2] != 'k') {
		dst = dst[:n-1]
	}
	return dst
}

// classAt gives the class of the letter group at i and the group's length.
func classAt[T ~string | ~[]byte](w T, i int, head bool) (class string, n int) {
	at := func(k int) byte {
		if i+k < len(w) {
			return w[i+k]
		}
		return 0
	}
	switch c := w[i]; c {
	case 'a', 'e', 'i', 'o', 'u':
		if head {
			return "A", 1
		}
		return "", 1
	case 'y':
		if head {
			return "Y", 1
		}
		return "", 1
	case 'b', 'p':
		if at(1) == 'h' && c == 'p' {
			return "F", 2
		}
		return "B", skipH(at(1))
	case 'f':
		return "F", 1
	case 'v', 'w':
		return "V", 1
	case 'c':
		return classC(at)
	case 'k':
		if at(1) == 'h' {
			return "H", 2
		}
		return "K", 1
	case 'q':
		return "K", skipH(at(1))
	case 'g':
		if at(1) == 'h' {
			return "K", 2
		}
		return "K", 1
	case 'd', 't':
		return classT(at, c)
	case 's':
		switch {
		case at(1) == 'c' && at(2) == 'h':
			return "X", 3
		case at(1) == 'h' && at(2) == 'c' && at(3) == 'h':
			return "X", 4
		case at(1) == 'h' || at(1) == 'z':
			return "X", 2
		}
		return "S", 1
	case 'z':
		if at(1) == 'h' {
			return "X", 2
		}
		return "S", 1
	case 'j':
		// German, Polish and Baltic j is a vowel at the end or before a consonant.
		if !head && (at(1) == 0 || !vowel(at(1))) && vowel(w[i-1]) && w[i-1] != 'a' {
			return "", 1
		}
		return "X", 1
	case 'x':
		if head {
			return "X", 1
		}
		return "KS", 1
	case 'h':
		if head && at(1) == 's' && vowel(at(2)) { // Hsi, Xi
			return "X", 2
		}
		return "H", 1
	case 'n':
		if at(1) == 'g' && !vowel(at(2)) {
			return "N", 2
		}
		return "N", 1
	case 'l':
		return "L", 1
	case 'm':
		return "M", 1
	case 'r':
		return "R", 1
	default:
		if c >= '0' && c <= '9' {
			return digits[c-'0' : c-'0'+1], 1
		}
		return "", 1
	}
}

const digits = "0123456789"

func skipH(next byte) int {
	if next == 'h' {
		return 2
	}
	return 1
}

func classC(at func(int) byte) (string, int) {
	switch {
	case at(1) == 'h' && (at(2) == 'r' || at(2) == 'l'): // Christos
		return "K", 2
	case at(1) == 'h' || at(1) == 'z':
		return "X", 2
	case at(1) == 'k':
		return "K", 2
	case at(1) == 'e' || at(1) == 'i' || at(1) == 'y':
		return "S", 1
	}
	return "K", 1
}

func classT(at func(int) byte, c byte) (string, int) {
	switch {
	case c == 'd' && at(1) == 'j':
		return "X", 2
	case c == 'd' && at(1) == 'z' && at(2) == 'h':
		return "X", 3
	case c == 't' && at(1) == 's' && at(2) == 'c' && at(3) == 'h':
		return "X", 4
	case c == 't' && at(1) == 'c' && at(2) == 'h':
		return "X", 3
	case c == 't' && (at(1) == 's' || at(1) == 'z'):
		return "S", 2
	case c == 'd' && at(1) == 'z':
		return "S", 2
	}
	return "T", skipH(at(1))
}

func vowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// ConsonantKey is Key for a word read from a script without short vowels:
// there w and y inside a word may be vowels or consonants, so both readings
// are given.
func ConsonantKey(w string) (dropped, kept string) {
	kept = Key(w)
	b := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if i > 0 && (w[i] == 'w' || w[i] == 'y') {
			b = append(b, 'u')
			continue
		}
		b = append(b, w[i])
	}
	return Key(string(b)), kept
}

// Alternatives lists further keys of a Latin word under which an index should
// hold it: v between vowels that Arabic script drops, y at the head that
// Russian names gain or lose, j at the head read as y.
func Alternatives(w string) []string {
	var out []string
	if len(w) > 2 && w[0] == 'y' && vowel(w[1]) {
		out = append(out, Key(w[1:]))
	}
	if len(w) > 2 && w[0] == 'j' && vowel(w[1]) {
		out = append(out, Key("y"+w[1:]))
	}
	if len(w) > 3 && w[0] == 'e' {
		out = append(out, Key("y"+w))
	}
	for i := 1; i+1 < len(w); i++ {
		if (w[i] == 'v' || w[i] == 'w') && vowel(w[i-1]) && vowel(w[i+1]) {
			out = append(out, Key(w[:i]+w[i+1:]))
			break
		}
	}
	return out
}
