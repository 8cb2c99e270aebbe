package entities

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"sync"
)

//go:embed model.json
var shipped []byte

// Model is the FollowTheMoney vocabulary.
type Model struct {
	Version   string             `json:"version"` // of the followthemoney package it was taken from
	Types     map[string]Type    `json:"types"`
	Schemata  map[string]*Schema `json:"schemata"`
	Topics    map[string]string  `json:"topics"`    // code to label
	Countries map[string]string  `json:"countries"` // lower-case code to label
	Risks     []string           `json:"risks"`     // topics that make an entity a target
}

// Type of a property's values.
type Type struct {
	Label, Plural string
	Max           int    // characters of a value
	Group         string // by which values of many properties are found together: "countries"
}

// Schema is one type of entity.
type Schema struct {
	Name        string               `json:"-"`
	Label       string               `json:"label"`
	Plural      string               `json:"plural"`
	Description string               `json:"description"`
	Extends     []string             `json:"extends"`
	Featured    []string             `json:"featured"`
	Required    []string             `json:"required"`
	Caption     []string             `json:"caption"`
	Matchable   bool                 `json:"matchable"`
	Abstract    bool                 `json:"abstract"`
	Edge        bool                 `json:"edge"`
	Properties  map[string]*Property `json:"properties"` // with those inherited
	lineage     map[string]bool      // itself and all above it
}

// Property of a schema.
type Property struct {
	Name      string `json:"-"`
	Schema    string `json:"-"` // that declares it
	Label     string `json:"label"`
	Type      string `json:"type"`
	Range     string `json:"range"`   // schema of the entities it points to
	Reverse   string `json:"reverse"` // property of that schema that points back
	Stub      bool   `json:"stub"`    // holds no values: only the reverse of another
	Hidden    bool   `json:"hidden"`
	Matchable bool   `json:"matchable"`
	Max       int    `json:"max"`    // characters of a value, where the type's own bound does not hold
	Format    string `json:"format"` // of an identifier: "imo", "lei"
}

// QName is the property's name with the schema that declares it.
func (p *Property) QName() string { return p.Schema + ":" + p.Name }

// Vocabulary gives the model that ships. Its data is part of the program, so
// it cannot fail; a test reads it.
var Vocabulary = sync.OnceValue(func() *Model {
	m := &Model{}
	if err := json.Unmarshal(shipped, m); err != nil {
		panic("entities: model.json: " + err.Error())
	}
	for name, s := range m.Schemata {
		s.Name = name
		if s.Properties == nil {
			s.Properties = map[string]*Property{}
		}
		for n, p := range s.Properties {
			p.Name, p.Schema = n, name
		}
	}
	for _, s := range m.Schemata {
		m.inherit(s)
	}
	return m
})

// inherit fills in what a schema has from those above it.
func (m *Model) inherit(s *Schema) {
	if s.lineage != nil {
		return
	}
	s.lineage = map[string]bool{s.Name: true}
	for _, up := range s.Extends {
		parent := m.Schemata[up]
		m.inherit(parent)
		maps.Copy(s.lineage, parent.lineage)
		for n, p := range parent.Properties {
			if s.Properties[n] == nil {
				s.Properties[n] = p
			}
		}
	}
}

// IsA reports whether the schema is the named one or stands below it.
func (s *Schema) IsA(name string) bool { return s != nil && s.lineage[name] }

// Lineage gives the schema and all above it, in order of name.
func (s *Schema) Lineage() []string { return slices.Sorted(maps.Keys(s.lineage)) }

// CanMatch reports whether entities of two schemata can be the same thing: one
// stands above the other and the other can be matched (followthemoney's
// matchable_schemata). A Thing, asked for, matches whatever can be matched.
func (s *Schema) CanMatch(other *Schema) bool {
	return other != nil && other.Matchable && (s.IsA(other.Name) || other.IsA(s.Name))
}

// Property looks a property up by its name, nil where the schema has none.
func (s *Schema) Property(name string) *Property {
	if s == nil {
		return nil
	}
	return s.Properties[name]
}

// Named gives the property with a qualified name such as "Person:birthDate",
// nil where there is none.
func (m *Model) Named(qname string) *Property {
	for i := range len(qname) {
		if qname[i] == ':' {
			return m.Schemata[qname[:i]].Property(qname[i+1:])
		}
	}
	return nil
}

// Risky reports a topic that makes an entity a target.
func (m *Model) Risky(topic string) bool { return slices.Contains(m.Risks, topic) }
