package openapi

import (
	"maps"
	"slices"
	"strings"
)

// object is a piece of an OpenAPI document.
type object = map[string]any

// parameter of a route: its JSON type, "[]" before it where it may be repeated.
type parameter struct{ name, typ, title string }

var (
	scopeParams = []parameter{
		{"include_dataset", "[]string", "Only include the given datasets in results"},
		{"exclude_dataset", "[]string", "Remove the given datasets from results"},
		{"exclude_schema", "[]string", "Remove the given types of entities from results"},
		{"topics", "[]string", "Only return results that match any of the given topics"},
		{"changed_since", "string", "Only entities that changed since the given date"},
		{"exclude_entity_ids", "[]string", "At most 50 entity IDs to leave out"},
		{"as_of", "string", "Reportedly: entities that stood on a list on this day (2016-04-18)"},
	}
	pageParams = []parameter{{"limit", "integer", "Number of results to return"}, {"offset", "integer", "Start at result with given offset"}}
)

type operation struct {
	method, path, summary, answer string
	params                        []parameter
	body                          string
}

func with(own []parameter, more ...[]parameter) []parameter {
	out := append([]parameter(nil), own...)
	for _, m := range more {
		out = append(out, m...)
	}
	return out
}

var operations = []operation{
	{"post", "/match/{dataset}", "Query by example matcher", "EntityMatchResponse", with([]parameter{
		{"limit", "integer", "Number of results to return"}, {"threshold", "number", "Score from which a result is a match"},
		{"cutoff", "number", "Deprecated: lower bound of score for results to be returned at all"}, {"algorithm", "string", "Name of a scoring algorithm, see /algorithms"},
	}, scopeParams), "EntityMatchQuery"},
	{"get", "/search/{dataset}", "Simple entity search", "SearchResponse", with([]parameter{
		{"q", "string", "Query text"}, {"schema", "string", "Types of entities that can match the search"}, {"countries", "[]string", "Filter by country codes"},
		{"datasets", "[]string", "Filter by dataset names"}, {"filter", "[]string", "Filter by field:value"}, {"sort", "[]string", "field or field:desc"},
		{"fuzzy", "boolean", "Allow words a few letters off"}, {"simple", "boolean", "Use simple syntax"}, {"facets", "[]string", "Facet counts to include"},
		{"filter_op", "string", "AND or OR between several filters of one field"}, {"target", "boolean", "Only targeted entities"},
	}, scopeParams, pageParams), ""},
	{"get", "/entities/{id}", "An entity with what hangs on it", "EntityResponse", []parameter{{"nested", "boolean", "Include adjacent entities"}}, ""},
	{"get", "/entities/{id}/adjacent", "Adjacent entities by property", "EntityAdjacentResponse", pageParams, ""},
	{"get", "/entities/{id}/adjacent/{property}", "Adjacent entities of one property", "AdjacentResultsResponse", pageParams, ""},
	{"get", "/catalog", "Data catalog", "DataCatalog", nil, ""},
	{"get", "/algorithms", "Scoring algorithms", "AlgorithmResponse", nil, ""},
	{"get", "/statements", "What a list says, value by value", "StatementsResponse", with([]parameter{
		{"canonical_id", "string", "ID of the entity"}, {"entity_id", "string", "ID of the entity"}, {"prop", "string", "Property"}, {"value", "string", "Exact value"},
		{"schema", "string", "Schema"}, {"dataset", "string", "Data set"},
	}, pageParams), ""},
	{"get", "/reconcile/{dataset}", "Reconciliation manifest, or queries (W3C 0.2)", "", []parameter{{"queries", "string", "JSON of queries"}, {"extend", "string", "JSON of an extension"}}, ""},
	{"post", "/reconcile/{dataset}", "Reconciliation queries (W3C 0.2)", "", []parameter{{"algorithm", "string", "Scoring algorithm"}, {"changed_since", "string", "Only entities changed since"}}, "form"},
	{"get", "/reconcile/{dataset}/suggest/entity", "Suggest entities", "", []parameter{{"prefix", "string", "Begin of a name"}, {"limit", "integer", "Number of suggestions"}}, ""},
	{"get", "/reconcile/{dataset}/suggest/property", "Suggest properties", "", []parameter{{"prefix", "string", "Begin of a name"}}, ""},
	{"get", "/reconcile/{dataset}/suggest/type", "Suggest types", "", []parameter{{"prefix", "string", "Begin of a name"}}, ""},
	{"get", "/reconcile/{dataset}/extend/property", "Properties for extension", "", []parameter{{"type", "string", "Schema"}, {"limit", "integer", "Number"}}, ""},
	{"get", "/reconcile/{dataset}/preview", "Page of an entity", "", []parameter{{"id", "string", "ID of the entity"}}, ""},
}

// Document is the OpenAPI 3.1 description of all routes, ready for JSON.
func Document(version string) map[string]any {
	paths := object{}
	for _, o := range operations {
		p, _ := paths[o.path].(object)
		if p == nil {
			p = object{}
			paths[o.path] = p
		}
		p[o.method] = o.describe()
	}
	return object{"openapi": "3.1.0", "info": object{"title": "Reportedly: yente-compatible API", "version": version,
		"description": "The routes of OpenSanctions' yente over Reportedly's lists and matcher."}, "paths": paths, "components": object{"schemas": schemas()}}
}

func (o operation) describe() object {
	params := []object{}
	for _, piece := range strings.Split(o.path, "/") {
		if name, ok := strings.CutPrefix(piece, "{"); ok {
			params = append(params, object{"name": strings.TrimSuffix(name, "}"), "in": "path", "required": true, "schema": object{"type": "string"}})
		}
	}
	for _, p := range o.params {
		typ, repeated := strings.CutPrefix(p.typ, "[]")
		schema := object{"type": typ}
		if repeated {
			schema = object{"type": "array", "items": schema}
		}
		params = append(params, object{"name": p.name, "in": "query", "description": p.title, "schema": schema})
	}
	ok := object{"description": "Successful Response"}
	if o.answer != "" {
		ok["content"] = object{"application/json": object{"schema": ref(o.answer)}}
	}
	answers := object{"200": ok}
	for code, what := range map[string]string{"400": "Invalid query", "401": "Not signed in", "403": "Not allowed", "404": "Not found", "413": "Body too large", "422": "Wrong shape", "503": "Index not ready"} {
		answers[code] = object{"description": what, "content": object{"application/json": object{"schema": ref("ErrorResponse")}}}
	}
	out := object{"summary": o.summary, "parameters": params, "responses": answers, "operationId": o.method + strings.NewReplacer("/", "_", "{", "", "}", "").Replace(o.path)}
	switch o.body {
	case "":
	case "form":
		text := object{"type": "string", "description": "JSON"}
		out["requestBody"] = object{"content": object{"application/x-www-form-urlencoded": object{"schema": object{"type": "object", "properties": object{"queries": text, "extend": text}}}}}
	default:
		out["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": ref(o.body)}}}
	}
	return out
}

func ref(name string) object { return object{"$ref": "#/components/schemas/" + name} }

func list(of object) object { return object{"type": "array", "items": of} }

// record is an object of named members; a name with "?" is not required.
func record(members object) object {
	props, need := object{}, []string{}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		bare, optional := strings.CutSuffix(name, "?")
		props[bare] = members[name]
		if !optional {
			need = append(need, bare)
		}
	}
	return object{"type": "object", "properties": props, "required": need}
}

func schemas() object {
	text, number, whole, truth := object{"type": "string"}, object{"type": "number"}, object{"type": "integer"}, object{"type": "boolean"}
	moment := object{"type": []string{"string", "null"}}
	anything := object{}
	dict := func(of object) object { return object{"type": "object", "additionalProperties": of} }
	entity := object{"id": text, "caption": text, "schema": text, "properties": dict(list(object{"anyOf": []object{text, ref("EntityResponse")}})), "datasets": list(text),
		"referents": list(text), "target": truth, "first_seen": moment, "last_seen": moment, "last_change": moment}
	hit := object{"score": number, "match": truth, "explanations": dict(ref("FeatureResult"))}
	for k, v := range entity {
		hit[k] = v
	}
	paging := object{"limit": whole, "offset": whole, "total": ref("TotalSpec")}
	pagedOf := func(extra object) object {
		for k, v := range paging {
			extra[k] = v
		}
		return record(extra)
	}
	return object{
		"ErrorResponse":        record(object{"detail": object{"description": "A message, or a list of what is wrong with the shape"}}),
		"TotalSpec":            record(object{"value": whole, "relation": text}),
		"FeatureResult":        record(object{"score": number, "detail": moment, "query": moment, "candidate": moment}),
		"EntityResponse":       record(entity),
		"ScoredEntityResponse": record(hit),
		"EntityExample":        record(object{"id?": moment, "schema": text, "properties": dict(object{"anyOf": []object{text, list(anything)}})}),
		"EntityMatchQuery":     record(object{"queries": dict(ref("EntityExample")), "weights?": dict(number), "config?": dict(anything)}),
		"EntityMatches":        record(object{"status": whole, "results": list(ref("ScoredEntityResponse")), "total": ref("TotalSpec"), "query": ref("EntityExample")}),
		"EntityMatchResponse": record(object{"responses": dict(ref("EntityMatches")), "limit": whole,
			"algorithm": record(object{"requested": text, "used": text, "names_only": truth})}),
		"SearchFacet":             record(object{"label": text, "values": list(record(object{"name": text, "label": text, "count": whole}))}),
		"SearchResponse":          pagedOf(object{"results": list(ref("EntityResponse")), "facets": dict(ref("SearchFacet"))}),
		"AdjacentResultsResponse": pagedOf(object{"results": list(object{"anyOf": []object{text, ref("EntityResponse")}})}),
		"EntityAdjacentResponse":  record(object{"entity": ref("EntityResponse"), "adjacent": dict(ref("AdjacentResultsResponse"))}),
		"DataCatalog":             record(object{"datasets": list(anything), "current": list(text), "outdated": list(text), "index_stale": truth}),
		"AlgorithmResponse":       record(object{"algorithms": list(anything), "default": text, "best": text}),
		"StatementsResponse":      pagedOf(object{"results": list(anything)}),
	}
}
