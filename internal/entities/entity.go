package entities

import (
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Entity is one FollowTheMoney entity. Values of properties that point to
// other entities are their IDs.
type Entity struct {
	ID         string
	Caption    string
	Schema     string
	Properties map[string][]string
	Datasets   []string
	Referents  []string // other IDs under which it is known
	Target     bool
	// Moments in ISO form without zone, "" where unknown.
	FirstSeen, LastSeen, LastChange string
}

// add puts a value under a property, once, where the schema has the property
// and the value is of its type.
func (e *Entity) add(prop string, values ...string) bool {
	p := Vocabulary().Schemata[e.Schema].Property(prop)
	if p == nil || p.Stub {
		return false
	}
	done := false
	for _, v := range values {
		v = clean(p, v)
		if v == "" {
			continue
		}
		done = true
		if !slices.Contains(e.Properties[prop], v) {
			e.Properties[prop] = append(e.Properties[prop], v)
		}
	}
	return done
}

// New makes an empty entity of a schema.
func New(id, schema, dataset string) *Entity {
	return &Entity{ID: id, Schema: schema, Properties: map[string][]string{}, Datasets: []string{dataset}}
}

// Put adds values under a property and reports whether one was taken: a
// property that the schema lacks, and values that are not of its type, are
// not.
func (e *Entity) Put(prop string, values ...string) bool { return e.add(prop, values...) }

// All gives the values under several properties.
func (e *Entity) All(props ...string) []string {
	var out []string
	for _, p := range props {
		out = append(out, e.Properties[p]...)
	}
	return out
}

// OfType gives the values of all properties of one type: "country", "name".
func (e *Entity) OfType(typ string) []string {
	var out []string
	s := Vocabulary().Schemata[e.Schema]
	for _, name := range slices.Sorted(maps.Keys(e.Properties)) {
		if p := s.Property(name); p != nil && p.Type == typ {
			for _, v := range e.Properties[name] {
				if !slices.Contains(out, v) {
					out = append(out, v)
				}
			}
		}
	}
	return out
}

// AppendJSON appends the entity as a JSON object without its closing brace, so
// that the caller can add members (a score) or close it.
func (e *Entity) AppendJSON(b []byte) []byte {
	b = append(b, `{"id":`...)
	b = AppendString(b, e.ID)
	b = append(b, `,"caption":`...)
	b = AppendString(b, e.Caption)
	b = append(b, `,"schema":`...)
	b = AppendString(b, e.Schema)
	b = append(b, `,"properties":`...)
	b = AppendProperties(b, e.Properties)
	b = append(b, `,"datasets":`...)
	b = appendStrings(b, e.Datasets)
	b = append(b, `,"referents":`...)
	b = appendStrings(b, e.Referents)
	b = append(b, `,"target":`...)
	b = strconv.AppendBool(b, e.Target)
	for _, m := range []struct{ key, value string }{{`,"first_seen":`, e.FirstSeen}, {`,"last_seen":`, e.LastSeen}, {`,"last_change":`, e.LastChange}} {
		b = append(b, m.key...)
		if m.value == "" {
			b = append(b, "null"...)
		} else {
			b = AppendString(b, m.value)
		}
	}
	return b
}

// MarshalJSON gives the whole object.
func (e *Entity) MarshalJSON() ([]byte, error) { return append(e.AppendJSON(nil), '}'), nil }

// AppendProperties appends properties as a JSON object, in order of name.
func AppendProperties(b []byte, props map[string][]string) []byte {
	b = append(b, '{')
	for i, name := range slices.Sorted(maps.Keys(props)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendString(b, name)
		b = append(b, ':')
		b = appendStrings(b, props[name])
	}
	return append(b, '}')
}

func appendStrings(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = AppendString(b, s)
	}
	return append(b, ']')
}

const hexDigits = "0123456789abcdef"

// AppendString appends a JSON string (RFC 8259); broken UTF-8 becomes U+FFFD.
// It is encoding/json's string without the escaping for HTML, and quick.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= 0x20 && c != '"' && c != '\\' {
				i++
				continue
			}
			b = append(b, s[from:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, '\\', 'n')
			case '\t':
				b = append(b, '\\', 't')
			case '\r':
				b = append(b, '\\', 'r')
			default:
				b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			}
			i++
			from = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			b = append(b, s[from:i]...)
			b = append(b, "\ufffd"...)
			i++
			from = i
			continue
		}
		i += n
	}
	b = append(b, s[from:]...)
	return append(b, '"')
}
