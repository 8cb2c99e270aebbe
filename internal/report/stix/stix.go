package stix

import (
	"bytes"
	"cmp"
	"crypto/sha1" //nolint:gosec // RFC 9562 makes UUIDs of version 5 with it
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/reportedly/reportedly/internal/cases"
	"github.com/reportedly/reportedly/internal/cases/ratings"
	"github.com/reportedly/reportedly/internal/story"
)

// File is one case with the articles it quotes.
type File struct {
	Case     cases.Case
	Articles map[string]story.Article
}

type object = map[string]any

// Write gives one bundle of all cases.
func Write(w io.Writer, files []File) error {
	b := &bundle{at: map[string]object{}}
	b.frame()
	for _, f := range files {
		b.add(f)
	}
	id := make([]string, 0, len(b.order))
	id = append(id, b.order...)
	all := object{"type": "bundle", "id": "bundle--" + uuid(strings.Join(id, " ")), "objects": b.objects()}
	return encode(w, all)
}

// encode writes without nulls and empty lists, which STIX forbids.
func encode(w io.Writer, v object) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("stix: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var plain any
	if err := d.Decode(&plain); err != nil {
		return fmt.Errorf("stix: %w", err)
	}
	j := json.NewEncoder(w)
	j.SetIndent("", " ")
	j.SetEscapeHTML(false)
	if err := j.Encode(filled(plain)); err != nil {
		return fmt.Errorf("stix: %w", err)
	}
	return nil
}

// filled leaves out members that are null or an empty list.
func filled(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			x = filled(x)
			if l, ok := x.([]any); x == nil || ok && len(l) == 0 {
				delete(v, k)
				continue
			}
			v[k] = x
		}
		return v
	case []any:
		out := v[:0]
		for _, x := range v {
			if x = filled(x); x != nil {
				out = append(out, x)
			}
		}
		return out
	}
	return v
}

// bundle keeps objects in the order in which they came, each once.
type bundle struct {
	at    map[string]object
	order []string
	self  string // identity of the program
	ext   string // id of the extension definition
}

func (b *bundle) objects() []object {
	var out []object
	for _, id := range b.order {
		out = append(out, b.at[id])
	}
	return out
}

// space is the name space of the ids: a UUID of this project.
var space = [16]byte{0x5d, 0x1c, 0x0b, 0x2e, 0x7a, 0x43, 0x4f, 0x8e, 0x9b, 0x1d, 0x3a, 0x61, 0xc2, 0x94, 0x70, 0x0f}

func uuid(name string) string {
	h := sha1.New() //nolint:gosec // as above
	h.Write(space[:])
	h.Write([]byte(name))
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// epoch dates what has no day of its own: the day of the extension.
const epoch = "2026-12-01T00:00:00.000Z"

func (b *bundle) put(typ, name, created string, more object) string {
	id := typ + "--" + uuid(typ+" "+name)
	if _, ok := b.at[id]; ok {
		return id
	}
	if created == "" {
		created = epoch
	}
	o := object{"type": typ, "spec_version": "2.1", "id": id, "created": created, "modified": created}
	if b.self != "" {
		o["created_by_ref"] = b.self
	}
	for k, v := range more {
		if s, ok := v.(string); !ok || s != "" {
			o[k] = v
		}
	}
	b.at[id] = o
	b.order = append(b.order, id)
	return id
}

// frame writes the program and the definition of its extension.
func (b *bundle) frame() {
	b.self = b.put("identity", "reportedly", "", object{"name": "Reportedly", "identity_class": "system", "description": "Reads reports and counts origins. It asserts nothing itself."})
	b.ext = b.put("extension-definition", "case 1", "", object{
		"name":            "Reportedly case",
		"description":     "What a case file holds beyond an incident: activity codes, elements with their independent origins, claims with stance and chain of attribution, measure check. All of it is reported by others.",
		"schema":          "https://github.com/reportedly/reportedly/blob/main/docs/stix-case.schema.json",
		"version":         "1.0.0",
		"extension_types": []string{"property-extension"},
	})
}

// stamp writes a moment as STIX wants it; a day alone is its begin.
func stamp(s string) string {
	for _, form := range []string{time.RFC3339, "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC().Format("2006-01-02T15:04:05.000Z")
		}
	}
	return ""
}

// one writes what belongs to one case.
type one struct {
	*bundle
	File
	created  string
	reports  map[string]string
	holders  map[string]string
	subject  string
	incident string
}

func (b *bundle) add(f File) {
	o := &one{bundle: b, File: f, reports: map[string]string{}, holders: map[string]string{}, created: stamp(f.Case.Reach.FirstSeen)}
	o.party()
	places := o.places()
	o.incident = o.put("incident", f.Case.ID, o.created, object{
		"name": f.Case.Title, "description": o.describe(), "extensions": object{b.ext: o.extension()},
	})
	o.relate(o.incident, "related-to", o.subject, "the party that the reports are about")
	for _, p := range places {
		o.relate(o.incident, "related-to", p, "reported place")
	}
	for _, a := range f.Case.Articles {
		o.report(a)
	}
	for _, a := range f.Case.Articles {
		o.lineage(a)
	}
	o.sighting(places)
	o.opinions()
	o.notes()
}

func (o *one) party() {
	p := o.Case.Party
	class := map[string]string{"Person": "individual", "Company": "organization", "Organization": "organization", "PublicBody": "organization"}[p.Schema]
	ext := []object{}
	for _, r := range p.Refs {
		source, ref, _ := strings.Cut(r, " ")
		ext = append(ext, object{"source_name": source, "external_id": cmp.Or(ref, r)})
	}
	more := object{"name": cmp.Or(p.Name, strings.Join(p.Surfaces, " / "), p.ID), "identity_class": cmp.Or(class, "unknown")}
	if len(ext) > 0 {
		more["external_references"] = ext
	}
	if p.Identity == "undecided" {
		more["description"] = "It is not decided who is meant."
	}
	o.subject = o.put("identity", p.ID, "", more)
}

func (o *one) places() []string {
	var out []string
	for _, p := range o.Case.Places {
		if p.Name == "" || p.Country == "" && p.Lat == 0 && p.Lon == 0 {
			continue
		}
		more := object{"name": p.Name, "country": strings.ToUpper(p.Country)}
		if p.Lat != 0 || p.Lon != 0 {
			more["latitude"], more["longitude"] = p.Lat, p.Lon
			more["precision"] = map[string]float64{"facility": 2000, "city": 20000, "region": 200000}[p.Kind]
			if more["precision"] == 0.0 {
				more["precision"] = 1000000.0
			}
		}
		out = append(out, o.put("location", p.Country+" "+p.Name, "", more))
	}
	return out
}

func (o *one) describe() string {
	c := o.Case
	return fmt.Sprintf("%s Independent origins for it: %s; against it: %s.", c.Check.Sentence, span(c.For), span(c.Against))
}

func span(c cases.Count) string {
	if c.Max > c.Min {
		return fmt.Sprintf("%d (up to %d)", c.Min, c.Max)
	}
	return fmt.Sprint(c.Min)
}

// extension holds what STIX has no room for.
func (o *one) extension() object {
	c := o.Case
	window := object{"basis": c.Window.Basis}
	if c.Window.Basis == "reported" {
		window["earliest"], window["latest"] = c.Window.Earliest.String(), c.Window.Latest.String()
	}
	return object{
		"extension_type": "property-extension", "case_id": c.ID, "status": c.Status, "activity": c.Activity, "aspect": c.Aspect, "window": window,
		"origins_for": c.For, "origins_against": c.Against, "elements": c.Elements, "origins": c.Origins, "independence": c.Independence,
		"claims": c.Claims, "measure_check": object{"verdict": c.Check.Verdict, "sentence": c.Check.Sentence, "note": "if the reports are accurate"},
		"not_known": c.Unknown, "coverage": c.Coverage, "made_by": c.MadeBy,
	}
}

func (o *one) relate(from, kind, to, why string) {
	o.put("relationship", from+kind+to, o.created, object{"relationship_type": kind, "source_ref": from, "target_ref": to, "description": why})
}

// report is an article as published; a withdrawn one is revoked.
func (o *one) report(a cases.ArticleRef) {
	published := cmp.Or(stamp(a.Published), o.created, epoch)
	more := object{"name": cmp.Or(a.Title, a.ID), "published": published, "object_refs": []string{o.incident}}
	source := object{"source_name": cmp.Or(a.Outlet, "outlet not stated"), "url": a.URL}
	if a.URL == "" {
		delete(source, "url")
		source["external_id"] = a.ID
	}
	if art, ok := o.Articles[a.ID]; ok && len(art.Captures) > 0 && len(art.Captures[0].SHA256) == 64 {
		source["hashes"] = object{"SHA-256": art.Captures[0].SHA256}
	}
	more["external_references"] = []object{source}
	if a.Language != "" {
		more["lang"] = a.Language
	}
	if a.Retracted != "" {
		more["revoked"] = true
	}
	if a.Outlet != "" {
		more["description"] = "Published by " + a.Outlet + "; relation to the other reports: " + a.Relation
	}
	o.reports[a.ID] = o.put("report", a.ID, published, more)
}

func (o *one) lineage(a cases.ArticleRef) {
	for _, of := range a.Of {
		if o.reports[of] == "" {
			continue
		}
		kind := "derived-from"
		if a.Relation == "verbatim" || a.Relation == "same-capture" {
			kind = "duplicate-of"
		}
		o.relate(o.reports[a.ID], kind, o.reports[of], a.Relation)
	}
}

// sighting: presence that somebody reports; count stays empty.
func (o *one) sighting(places []string) {
	c := o.Case
	if len(places) == 0 || c.Window.Basis != "reported" || len(c.Activity) == 0 || c.Activity[0].Family() != "TRV" || c.For.Max == 0 || c.Aspect == "planned" || c.Aspect == "hypothetical" {
		return
	}
	where := slices.Clone(places)
	for _, h := range c.Origins {
		if h.Stance == "for" && h.Retracted == "" {
			where = append(where, o.holder(h.Holder, string(h.Kind)))
		}
	}
	o.put("sighting", c.ID, o.created, object{
		"sighting_of_ref": o.subject, "where_sighted_refs": where, "description": "as reported; see the incident",
		"first_seen": stamp(c.Window.Earliest.First().String()), "last_seen": stamp(c.Window.Latest.Last().String()),
	})
}

func (o *one) holder(name, kind string) string {
	class := map[string]string{"government": "organization", "organisation": "organization", "company": "organization", "outlet": "organization", "wire": "organization", "person": "individual", "official": "individual", "public": "group"}[kind]
	return o.put("identity", o.Case.ID+" "+name, "", object{"name": name, "identity_class": cmp.Or(class, "unknown"), "description": "as the reports describe the holder"})
}

// opinions: who stands for or against the happening. Who takes no position
// makes a note: "neutral" would be one.
func (o *one) opinions() {
	for _, h := range o.Case.Origins {
		value, certain := "agree", "certain"
		switch {
		case h.Retracted != "" || h.Stance == "other":
			continue
		case h.Stance == "against":
			value = "strongly-disagree"
		case h.FirstHand && string(h.Certainty) == certain:
			value = "strongly-agree"
		}
		o.put("opinion", o.Case.ID+h.ID, o.created, object{"opinion": value, "authors": []string{h.Holder}, "explanation": "on " + strings.Join(h.Elements, ", ") + "; basis: " + cmp.Or(h.Basis, "unstated"), "object_refs": []string{o.incident}})
	}
	for i, r := range o.Case.Replies {
		if r.Act == "deny" || r.Act == "partly-deny" {
			if r.Scope != "whole" {
				o.put("opinion", fmt.Sprint(o.Case.ID, "reply", i), o.created, object{"opinion": "disagree", "authors": []string{r.Holder}, "explanation": "denies the " + r.Scope + " only: " + r.Quote, "object_refs": []string{o.incident}})
			}
			continue
		}
		o.put("note", fmt.Sprint(o.Case.ID, "reply", i), o.created, object{"abstract": string(r.Act), "content": r.Quote, "authors": []string{r.Holder}, "object_refs": []string{o.incident}})
	}
}

// admiralty gives the STIX confidence of a credibility; 6 has none.
var admiralty = map[ratings.Credibility]int{"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}

func (o *one) notes() {
	v := o.Case.Review
	put := func(id, abstract, content, who string, more object) {
		n := object{"abstract": abstract, "content": cmp.Or(content, abstract), "authors": []string{who}, "object_refs": []string{o.incident}}
		for k, x := range more {
			n[k] = x
		}
		o.put("note", o.Case.ID+id, o.created, n)
	}
	if d := v.Decided; d != nil && v.Outcome != "" {
		put(d.ID, "held "+v.Outcome, d.Reason, d.Who, nil)
	}
	for _, n := range v.Notes {
		put(n.ID, "note", n.Text, n.Who, nil)
	}
	for _, a := range v.Assessed {
		put(a.ID, "assessment", strings.TrimSpace(a.Likelihood+a.Confidence+": "+a.Reason), a.Who, nil)
	}
	for _, i := range o.Case.Ratings.Items {
		if c, ok := admiralty[i.Grade]; ok {
			put("item"+i.Claim, "credibility of claim "+i.Claim+": "+i.Grade.String(), i.Why, i.By, object{"confidence": c})
		}
	}
}
