package yente

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/entities"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/screening"
)

// example is an entity by which is asked.
type example struct {
	key        string // the caller's name for the query
	id         *string
	schema     *entities.Schema
	properties map[string][]string // those that the schema has
}

// batch is the body of /match.
type batch struct {
	weights map[string]float64
	config  map[string]any
	queries []example
}

// readBatch reads a body of /match as a stream, so that a batch that is too
// large is refused before it is held.
func readBatch(r io.Reader, most int) (batch, error) {
	var b batch
	dec := json.NewDecoder(r)
	if t, err := dec.Token(); err != nil {
		return b, malformed(err)
	} else if t != json.Delim('{') {
		return b, refuse("model_attributes_type", "Input should be a valid dictionary or object to extract fields from", nil, "body")
	}
	seen := false
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return b, malformed(err)
		}
		switch key {
		case "queries":
			seen = true
			err = b.read(dec, most)
		case "weights":
			err = shaped(dec.Decode(&b.weights), "dict_type", "Input should be a valid dictionary of numbers", "weights")
		case "config":
			err = shaped(dec.Decode(&b.config), "dict_type", "Input should be a valid dictionary", "config")
		default:
			var skipped json.RawMessage
			err = malformed(dec.Decode(&skipped))
		}
		if err != nil {
			return b, err
		}
	}
	if _, err := dec.Token(); err != nil {
		return b, malformed(err)
	}
	if !seen {
		return b, refuse("missing", "Field required", nil, "body", "queries")
	}
	return b, nil
}

func (b *batch) read(dec *json.Decoder, most int) error {
	if t, err := dec.Token(); err != nil {
		return malformed(err)
	} else if t != json.Delim('{') {
		return refuse("dict_type", "Input should be a valid dictionary", nil, "body", "queries")
	}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return malformed(err)
		}
		key, _ := t.(string)
		if len(b.queries) >= most {
			return failf(400, "Too many queries in one batch (limit: %d)", most)
		}
		var raw wireExample
		if err := dec.Decode(&raw); err != nil {
			return shaped(err, "model_type", "Input should be an entity with schema and properties", "queries", key)
		}
		q, err := raw.example(key)
		if err != nil {
			return err
		}
		// A key that comes twice means its last value, as in any JSON object.
		if i := slices.IndexFunc(b.queries, func(e example) bool { return e.key == key }); i >= 0 {
			b.queries[i] = q
		} else {
			b.queries = append(b.queries, q)
		}
	}
	_, err := dec.Token()
	return malformed(err)
}

func malformed(err error) error {
	if err == nil {
		return nil
	}
	return shaped(err, "json_invalid", "JSON decode error")
}

// shaped turns a decoder's error into yente's answer; errors of reading (a body
// that is too large) stay what they are.
func shaped(err error, kind, msg string, loc ...any) error {
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	var typed *json.UnmarshalTypeError
	loc = append([]any{"body"}, loc...)
	switch {
	case errors.As(err, &syntax):
		return refuse("json_invalid", "JSON decode error: "+syntax.Error(), nil, "body", syntax.Offset)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return refuse("json_invalid", "JSON decode error: unexpected end", nil, "body")
	case errors.As(err, &typed):
		return refuse(kind, msg, typed.Value, loc...)
	case strings.HasPrefix(err.Error(), "yente:"):
		return refuse(kind, msg+": "+strings.TrimPrefix(err.Error(), "yente: "), nil, loc...)
	}
	return err
}

type wireExample struct {
	ID         *string               `json:"id"`
	Schema     *string               `json:"schema"`
	Properties map[string]wireValues `json:"properties"`
}

// wireValues takes a text, a number, or a list of them.
type wireValues []string

func (v *wireValues) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '[' {
		var texts []string
		if json.Unmarshal(b, &texts) == nil {
			*v = texts
			return nil
		}
		var items []any
		if err := json.Unmarshal(b, &items); err != nil {
			return err
		}
		for _, it := range items {
			*v = append(*v, plain(it))
		}
		return nil
	}
	if len(b) > 0 && b[0] == '"' {
		var text string
		err := json.Unmarshal(b, &text)
		*v = []string{text}
		return err
	}
	if string(b) == "null" {
		return nil
	}
	return fmt.Errorf("yente: %.40s is no text and no list", b)
}

func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case map[string]any: // a nested entity stands for its caption
		if s, ok := v["caption"].(string); ok {
			return s
		}
	}
	return ""
}

// example checks the shape; a schema that cannot be asked for is an error of
// the whole request, as in yente.
func (w wireExample) example(key string) (example, error) {
	q := example{key: key, id: w.ID}
	switch {
	case w.Schema == nil:
		return q, refuse("missing", "Field required", nil, "body", "queries", key, "schema")
	case w.Properties == nil:
		return q, refuse("missing", "Field required", nil, "body", "queries", key, "properties")
	}
	return newExample(key, w.ID, *w.Schema, w.Properties)
}

func newExample(key string, id *string, schema string, props map[string]wireValues) (example, error) {
	q := example{key: key, id: id, properties: map[string][]string{}}
	if q.schema = entities.Vocabulary().Schemata[schema]; q.schema == nil {
		return q, failf(400, "Cannot parse example entity: Unknown schema: '%s'", schema)
	}
	if schema != "Thing" && !q.schema.Matchable {
		return q, failf(400, "Cannot parse example entity: Non-matchable schema for query: %s", schema)
	}
	for name, values := range props {
		if q.schema.Property(name) == nil {
			continue // yente logs and ignores it
		}
		for _, v := range values {
			if v = strings.TrimSpace(strings.ToValidUTF8(v, "\ufffd")); v != "" && !slices.Contains(q.properties[name], v) {
				q.properties[name] = append(q.properties[name], v)
			}
		}
	}
	return q, nil
}

// ofType gives the values of all properties of a type, in order of name.
func (q *example) ofType(typ string) []string {
	e := entities.Entity{Schema: q.schema.Name, Properties: q.properties}
	return e.OfType(typ)
}

// Most names and countries of one query that are asked for one by one.
const (
	maxNames     = 5
	maxCountries = 3
)

// names of the query: all that it is called, or what its parts make.
func (q *example) names(config map[string]any) []string {
	if prop, ok := config["nm_name_property"].(string); ok && prop != "" {
		return cut(q.properties[prop], maxNames)
	}
	// The main names first: they count where there are more than can be asked.
	var out []string
	for _, prop := range []string{"name", "alias", "previousName", "weakAlias", "abbreviation"} {
		for _, n := range q.properties[prop] {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	if len(out) == 0 && q.schema.IsA("Person") {
		var parts []string
		for _, prop := range []string{"firstName", "secondName", "middleName", "fatherName", "lastName", "nameSuffix"} {
			if v := q.properties[prop]; len(v) > 0 {
				parts = append(parts, v[0])
			}
		}
		if len(parts) > 0 {
			out = []string{strings.Join(parts, " ")}
		}
	}
	return cut(out, maxNames)
}

func cut(s []string, n int) []string { return s[:min(len(s), n)] }

// schemata that say the type of a party; others (Thing, Asset, Vehicle) leave
// it open and are held against the answer.
func (q *example) partySchema() party.Schema {
	switch s := party.Schema(q.schema.Name); s {
	case party.Person, party.Organization, party.Company, party.PublicBody, party.LegalEntity, party.Vessel, party.Airplane, party.CryptoWallet, party.Security:
		return s
	}
	return ""
}

// queries turns the example into what the matcher can be asked.
func (q *example) queries(config map[string]any) []screening.Query {
	base := screening.Query{Schema: q.partySchema()}
	for _, d := range q.properties["birthDate"] {
		if day, err := calendar.Parse(strings.SplitN(d, "T", 2)[0]); err == nil {
			base.BirthDate = base.BirthDate.Hull(day.Window())
			if base.BirthDate.IsZero() {
				base.BirthDate = day.Window()
			}
		}
	}
	if g := q.properties["gender"]; len(g) > 0 {
		base.Gender = strings.ToLower(g[0])
	}
	countries := cut(q.ofType("country"), maxCountries)
	for i, c := range countries {
		countries[i] = code(c)
	}
	names, numbers := q.names(config), maxNames
	if len(names) > 0 {
		numbers++ // the first goes with the names
	}
	return base.Each(names, countries, cut(q.ofType("identifier"), numbers))
}

// code gives the ISO code of a country given by code or English name.
func code(c string) string {
	low := strings.ToLower(c)
	all := entities.Vocabulary().Countries
	if _, ok := all[low]; ok {
		return strings.ToUpper(low)
	}
	for k, label := range all {
		if strings.EqualFold(label, c) {
			return strings.ToUpper(k)
		}
	}
	return ""
}
