package yente

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/serve/yente/fulltext"
)

// invented parties on two lists, one of them gone from its list.
func invented() *Data {
	listed := func(list, ref string, gone bool) []party.Designation {
		period := party.Period{From: calendar.MustParse("2015-02-03"), LastSeen: calendar.MustParse("2024-01-02")}
		if gone {
			period = party.Period{From: calendar.MustParse("2010-01-01"), LastSeen: calendar.MustParse("2013-01-01"), Gone: calendar.MustParse("2013-02-01")}
		}
		return []party.Designation{{Authority: "UN", List: list, Reference: ref, ListedOn: period.From, Status: party.Listed, Periods: []party.Period{period}}}
	}
	parties := []party.Party{
		{ID: "un:A.1", Schema: party.Person, Names: []party.Name{{Text: "Tamaz Qorvashi"}, {Text: "تماز قوروشي", Kind: party.Native}},
			Births: []party.Birth{{Window: calendar.MustParse("1961").Window()}}, Nationalities: []party.Country{{Code: "GE"}}, Gender: "male",
			Documents: []party.Document{{Kind: "passport", Number: "AB123456", Country: party.Country{Code: "GE"}}},
			Addresses: []party.Address{{Text: "1 Mole Street, Brindle", In: party.Country{Code: "GE"}}},
			Relations: []party.Relation{{Kind: "owns", Target: "un:B.1"}}, Designations: listed("un", "A.1", false)},
		{ID: "un:B.1", Schema: party.Company, Names: []party.Name{{Text: "Velta Trading LLC"}}, Nationalities: []party.Country{{Code: "CY"}}, Designations: listed("un", "B.1", false)},
		{ID: "un:C.1", Schema: party.Person, Names: []party.Name{{Text: "Arvo Lundqvist"}}, Designations: listed("un", "C.1", true)},
		{ID: "xx-two:77", Schema: party.Vessel, Names: []party.Name{{Text: "MORNING GULL"}}, Vessel: &party.VesselFacts{IMO: "9074729"}, Designations: listed("xx-two", "77", false)},
	}
	editions := []party.Edition{
		{List: "un", Publisher: "Council of the Quays", AsOf: calendar.MustParse("2024-01-02"), SHA256: "aa", Format: "un-xml"},
		{List: "xx-two", AsOf: calendar.MustParse("2024-01-03"), SHA256: "bb", Format: "ftm"},
	}
	return NewData(parties, editions, "key1")
}

func server(t testing.TB) *httptest.Server {
	h := New("test", Limits{})
	h.Set(invented())
	mux := http.NewServeMux()
	for _, r := range h.Routes() {
		mux.Handle(r.Pattern, r.Handler)
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func call(t *testing.T, s *httptest.Server, method, path, body string) (int, map[string]any) {
	t.Helper()
	req, err := http.NewRequest(method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(body, "queries=") || strings.HasPrefix(body, "extend=") {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var out map[string]any
	if resp.StatusCode != http.StatusPermanentRedirect {
		if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
			t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	return resp.StatusCode, out
}

// at walks into an answer: "responses.q.results.0.id".
func at(v any, path string) any {
	for _, k := range strings.Split(path, ".") {
		switch x := v.(type) {
		case map[string]any:
			v = x[k]
		case []any:
			i := int(k[0] - '0')
			if i >= len(x) {
				return nil
			}
			v = x[i]
		default:
			return nil
		}
	}
	return v
}

func ask1(schema, props string) string {
	return `{"queries":{"q":{"schema":"` + schema + `","properties":` + props + `}}}`
}

func TestMatch(t *testing.T) {
	s := server(t)
	for _, c := range []struct {
		query, body string
		first       any
		n           int
	}{
		{"", ask1("Person", `{"name":["Tamaz Qorvashi"]}`), "un-A.1", 1},
		{"", ask1("Person", `{"name":"Qorvashi, Tamaz","birthDate":["1961-05-05"],"nationality":["Georgia"]}`), "un-A.1", 1},
		{"", ask1("Person", `{"firstName":["Tamaz"],"lastName":["Qorvashi"]}`), "un-A.1", 1},
		{"", ask1("LegalEntity", `{"name":["Velta Trading"]}`), "un-B.1", 1},
		{"", ask1("Company", `{"name":["Tamaz Qorvashi"]}`), nil, 0},
		{"", ask1("Vessel", `{"imoNumber":["9074729"]}`), "77", 1},
		{"", ask1("Person", `{"name":["Arvo Lundqvist"]}`), nil, 0},
		{"?as_of=2012-06-01", ask1("Person", `{"name":["Arvo Lundqvist"]}`), "un-C.1", 1},
		{"?as_of=2012-06-01", ask1("Person", `{"name":["Tamaz Qorvashi"]}`), nil, 0},
		{"?include_dataset=xx_two", ask1("Person", `{"name":["Tamaz Qorvashi"]}`), nil, 0},
		{"?exclude_dataset=un", ask1("Person", `{"name":["Tamaz Qorvashi"]}`), nil, 0},
		{"?include_dataset=un", ask1("Person", `{"name":["Tamaz Qorvashi"]}`), "un-A.1", 1},
		{"?exclude_entity_ids=un-A.1", ask1("Person", `{"name":["Tamaz Qorvashi"]}`), nil, 0},
		{"?exclude_schema=Person", ask1("Thing", `{"name":["Tamaz Qorvashi"]}`), nil, 0},
		{"?topics=role.pep", ask1("Person", `{"name":["Tamaz Qorvashi"]}`), nil, 0},
		{"?topics=sanction", ask1("Person", `{"name":["Tamaz Qorvashi"]}`), "un-A.1", 1},
		{"?changed_since=2016-01-01", ask1("Person", `{"name":["Tamaz Qorvashi"]}`), nil, 0},
		{"?changed_since=2014-01-01", ask1("Person", `{"name":["Tamaz Qorvashi"]}`), "un-A.1", 1},
		{"?threshold=0.1&cutoff=0.05", ask1("Person", `{"name":["Tamaz Qorvashi"],"birthDate":["1990"]}`), "un-A.1", 1},
		{"?algorithm=name-based", ask1("Person", `{"name":["Tamaz Qorvashi"],"birthDate":["1990"]}`), "un-A.1", 1},
		{"", `{"weights":{"birth_date":0},"queries":{"q":{"schema":"Person","properties":{"name":["Tamaz Qorvashi"],"birthDate":["1990"]}}}}`, "un-A.1", 1},
		{"", `{"weights":{"dob_year_disjoint":0.0},"config":{"nm_number_mismatch":1},"queries":{"q":{"schema":"Person","properties":{"name":["Tamaz Qorvashi"],"birthDate":["1990"]}}}}`, "un-A.1", 1},
		{"", ask1("Person", `{}`), nil, 0},
		{"", ask1("Person", `{"name":["\u0000\u0007"]}`), nil, 0},
	} {
		status, got := call(t, s, "POST", "/match/default"+c.query, c.body)
		results, _ := at(got, "responses.q.results").([]any)
		if status != 200 || at(got, "responses.q.results.0.id") != c.first || len(results) != c.n {
			t.Errorf("%s %s: %d %v", c.query, c.body, status, got)
		}
	}
}

func TestMatchSaysWhy(t *testing.T) {
	s := server(t)
	_, got := call(t, s, "POST", "/match/un?algorithm=logic-v2", ask1("Person", `{"name":["Tamaz Qorvashy"],"birthDate":["1961"]}`))
	hit, _ := at(got, "responses.q.results.0").(map[string]any)
	if at(got, "algorithm.requested") != "logic-v2" || at(got, "algorithm.used") != "reportedly" || hit["match"] != true {
		t.Errorf("%v", got)
	}
	sum := 0.0
	for _, f := range hit["explanations"].(map[string]any) {
		sum += f.(map[string]any)["score"].(float64)
	}
	if d := sum - hit["score"].(float64); d > 2e-3 || d < -2e-3 {
		t.Errorf("explanations add up to %f, score %v", sum, hit["score"])
	}
}

// Statuses and messages are yente's.
func TestRefusals(t *testing.T) {
	s := server(t)
	var many strings.Builder
	many.WriteString(`{"queries":{`)
	for i := range 100_001 {
		if i > 0 {
			many.WriteByte(',')
		}
		fmt.Fprintf(&many, `"q%d":{"schema":"Person","properties":{"name":["A B"]}}`, i)
	}
	many.WriteString(`}}`)
	good := ask1("Person", `{"name":["A B"]}`)
	for _, c := range []struct {
		method, path, body string
		status             int
		detail             string
	}{
		{"POST", "/match/nosuch", good, 404, "No such dataset."},
		{"POST", "/match/default", `{"queries":{}}`, 400, "No queries provided."},
		{"POST", "/match/default", many.String(), 400, "Too many queries in one batch (limit: 100)"},
		{"POST", "/match/default", ask1("Person", `{"name":["`+strings.Repeat("x", 17<<20)+`"]}`), 413, "Request body is larger than 16777216 bytes."},
		{"POST", "/match/default", ask1("Nonsense", `{}`), 400, "Cannot parse example entity: Unknown schema: 'Nonsense'"},
		{"POST", "/match/default", ask1("Sanction", `{}`), 400, "Cannot parse example entity: Non-matchable schema for query: Sanction"},
		{"POST", "/match/default?algorithm=magic", good, 400, "Invalid algorithm: magic"},
		{"POST", "/match/default", `{"config":{"zz":1},"queries":{"q":{"schema":"Person","properties":{}}}}`, 400, "Invalid configuration parameter: zz for algorithm reportedly"},
		{"POST", "/match/default", `{`, 422, ""},
		{"POST", "/match/default", ``, 422, ""},
		{"POST", "/match/default", `[1]`, 422, ""},
		{"POST", "/match/default", `{"queries":[]}`, 422, ""},
		{"POST", "/match/default", `{"queries":{"q":1}}`, 422, ""},
		{"POST", "/match/default", `{"queries":{"q":{"schema":1,"properties":{}}}}`, 422, ""},
		{"POST", "/match/default", `{"queries":{"q":{"properties":{}}}}`, 422, ""},
		{"POST", "/match/default", `{"queries":{"q":{"schema":"Person","properties":{"name":{"a":1}}}}}`, 422, ""},
		{"POST", "/match/default", `{"weights":{"a":"b"},"queries":{}}`, 422, ""},
		{"POST", "/match/default?limit=501", good, 422, ""},
		{"POST", "/match/default?threshold=high", good, 422, ""},
		{"POST", "/match/default?changed_since=yesterday", good, 422, ""},
		{"POST", "/match/default?" + strings.Repeat("exclude_entity_ids=a&", 51), good, 422, ""},
		{"GET", "/search/nosuch", "", 404, "No such dataset."},
		{"GET", "/search/default?schema=Nonsense", "", 400, "Invalid schema"},
		{"GET", "/search/default?filter=x", "", 400, "Invalid filter: 'x'"},
		{"GET", "/search/default?limit=501", "", 422, ""},
		{"GET", "/search/default?offset=9500", "", 422, ""},
		{"GET", "/search/default?facets=nonsense", "", 422, ""},
		{"GET", "/search/default?fuzzy=perhaps", "", 422, ""},
		{"GET", "/entities/nobody", "", 404, "No such entity!"},
		{"GET", "/entities/un-A.1/adjacent/name", "", 404, "No such property!"},
		{"GET", "/reconcile/nosuch", "", 404, "No such dataset."},
		{"POST", "/reconcile/default", "queries=" + url.QueryEscape(`{"a":`), 400, ""},
		{"POST", "/reconcile/default", "extend=" + url.QueryEscape(`[]`), 400, "Cannot decode extension request"},
		{"POST", "/reconcile/default", "queries=" + url.QueryEscape(`{"q":{"query":"x","type":"Nonsense"}}`), 400, ""},
	} {
		status, got := call(t, s, c.method, c.path, c.body)
		if status != c.status || (c.detail != "" && got["detail"] != c.detail) || got["detail"] == nil {
			t.Errorf("%s %s %.80s: %d %.300v, want %d %s", c.method, c.path, c.body, status, got, c.status, c.detail)
		}
	}
	h := New("test", Limits{})
	w := httptest.NewRecorder()
	h.Routes()[0].Handler.ServeHTTP(w, httptest.NewRequest("POST", "/match/default", strings.NewReader(good)))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("without data: %d", w.Code)
	}
}

func TestSearch(t *testing.T) {
	s := server(t)
	for _, c := range []struct{ query, ids string }{
		{"q=qorvashi", "un-A.1"}, {"q=Qorvashi+tamaz", "un-A.1"}, {"q=qorvashi+velta", ""}, {"q=qorvashi+OR+velta", "un-A.1 un-B.1"}, {"q=qorv*", "un-A.1"},
		{"q=qorvasho", ""}, {"q=qorvasho&fuzzy=true", "un-A.1"}, {"q=qorvasho~", "un-A.1"}, {"q=%22tamaz+qorvashi%22", "un-A.1"}, {"q=%22qorvashi+tamaz%22", ""},
		{"q=trading+-velta", ""}, {"q=AB123456", "un-A.1"}, {"q=schema:Vessel", "77"}, {"q=names:velta", "un-B.1"}, {"q=countries:velta", ""}, {"q=(gull)", "77"},
		{"q=", "77 un-A.1 un-B.1"}, {"q=&schema=Person", "un-A.1"}, {"q=&schema=LegalEntity", "un-A.1 un-B.1"}, {"q=&countries=cy", "un-B.1"},
		{"q=&countries=cy&countries=ge", "un-A.1 un-B.1"}, {"q=&countries=cy&countries=ge&filter_op=AND", ""}, {"q=&filter=properties.birthDate:1961", "un-A.1"},
		{"q=&datasets=xx_two", "77"}, {"q=&exclude_schema=Vessel&include_dataset=un", "un-A.1 un-B.1"}, {"q=&topics=sanction&target=true", "77 un-A.1 un-B.1"},
		{"q=&limit=1&sort=caption:desc", "un-B.1"}, {"q=&limit=1&offset=1&sort=caption:desc", "un-A.1"}, {"q=arvo&as_of=2012-01-01", "un-C.1"}, {"q=arvo", ""},
	} {
		status, got := call(t, s, "GET", "/search/default?"+c.query, "")
		var ids []string
		results, _ := got["results"].([]any)
		for _, r := range results {
			ids = append(ids, r.(map[string]any)["id"].(string))
		}
		slices.Sort(ids)
		if status != 200 || strings.Join(ids, " ") != c.ids {
			t.Errorf("%s: %d %v, want %s", c.query, status, ids, c.ids)
		}
	}
	_, got := call(t, s, "GET", "/search/default?q=&facets=countries&facets=datasets&facets=schema&limit=0", "")
	if at(got, "total.value") != 3.0 || at(got, "facets.countries.values.0.label") != "Cyprus" || at(got, "facets.datasets.values.0.count") != 2.0 || at(got, "facets.schema.label") != "Entity types" {
		t.Errorf("facets %v", got)
	}
}

func TestEntities(t *testing.T) {
	s := server(t)
	_, got := call(t, s, "GET", "/entities/un-A.1", "")
	for path, want := range map[string]any{
		"properties.sanctions.0.schema": "Sanction", "properties.addressEntity.0.properties.full.0": "1 Mole Street, Brindle",
		"properties.ownershipOwner.0.properties.asset.0.caption": "Velta Trading LLC", "properties.identification.0.schema": "Passport", "referents.0": "un:A.1",
	} {
		if at(got, path) != want {
			t.Errorf("%s: %v, want %v in %v", path, at(got, path), want, got)
		}
	}
	// The company's side of the same edge.
	_, got = call(t, s, "GET", "/entities/un-B.1", "")
	if at(got, "properties.ownershipAsset.0.properties.owner.0.id") != "un-A.1" {
		t.Errorf("%v", got)
	}
	_, got = call(t, s, "GET", "/entities/un-A.1?nested=false", "")
	if at(got, "properties.sanctions") != nil || at(got, "properties.addressEntity.0") == nil {
		t.Errorf("%v", got)
	}
	if status, _ := call(t, s, "GET", "/entities/un:A.1", ""); status != http.StatusPermanentRedirect {
		t.Errorf("another id: %d", status)
	}
	_, got = call(t, s, "GET", "/entities/un-A.1/adjacent", "")
	if at(got, "adjacent.sanctions.total.value") != 1.0 || at(got, "entity.id") != "un-A.1" {
		t.Errorf("%v", got)
	}
	_, got = call(t, s, "GET", "/entities/un-A.1/adjacent/ownershipOwner?limit=1", "")
	if at(got, "total.value") != 1.0 || at(got, "results.0.schema") != "Ownership" {
		t.Errorf("%v", got)
	}
	_, got = call(t, s, "GET", "/statements?canonical_id=un-A.1&prop=name", "")
	if at(got, "results.0.value") != "Tamaz Qorvashi" || at(got, "total.value") != 1.0 {
		t.Errorf("%v", got)
	}
}

func TestCatalog(t *testing.T) {
	s := server(t)
	_, got := call(t, s, "GET", "/catalog", "")
	if at(got, "datasets.0.name") != "un" || at(got, "datasets.2.name") != "default" || at(got, "current.1") != "xx_two" {
		t.Errorf("%v", got)
	}
	req, _ := http.NewRequest("GET", s.URL+"/catalog", nil)
	req.Header.Set("If-None-Match", `"key1"`)
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != http.StatusNotModified {
		t.Errorf("%v %v", resp, err)
	}
	_, got = call(t, s, "GET", "/openapi.json", "")
	paths := got["paths"].(map[string]any)
	for _, r := range New("", Limits{}).Routes() {
		method, path, _ := strings.Cut(r.Pattern, " ")
		if path == "/openapi.json" || path == "/manifest" {
			continue
		}
		if at(paths[path], strings.ToLower(method)) == nil {
			t.Errorf("openapi.json does not tell of %s", r.Pattern)
		}
	}
}

func TestReconcile(t *testing.T) {
	s := server(t)
	_, got := call(t, s, "GET", "/reconcile/default", "")
	if at(got, "versions.0") != "0.2" || at(got, "suggest.entity.service_path") != "/suggest/entity" {
		t.Errorf("%v", got)
	}
	q := url.QueryEscape(`{"q0":{"query":"Tamaz Qorvashi","type":"Person","limit":3,"properties":[{"pid":"Person:birthDate","v":"1961"},{"pid":"country","v":[{"id":"ge"}]}]},"q1":{"query":"Nobody Known"}}`)
	for _, ask := range [][2]string{{"POST", "queries=" + q}, {"GET", ""}} {
		path := "/reconcile/default"
		if ask[0] == "GET" {
			path += "?queries=" + q
		}
		_, got = call(t, s, ask[0], path, ask[1])
		if at(got, "q0.result.0.id") != "un-A.1" || at(got, "q0.result.0.match") != true || at(got, "q0.result.0.type.0.id") != "Person" || len(at(got, "q1.result").([]any)) != 0 {
			t.Errorf("%v", got)
		}
	}
	_, got = call(t, s, "POST", "/reconcile/default", "extend="+url.QueryEscape(`{"ids":["un-A.1","nobody"],"properties":[{"id":"nationality"},{"id":"name","settings":{"limit":1,"render":"raw"}}]}`))
	if at(got, "rows.un-A") == nil && got["rows"].(map[string]any)["un-A.1"].(map[string]any)["nationality"].([]any)[0].(map[string]any)["str"] != "Georgia" {
		t.Errorf("%v", got)
	}
	for path, want := range map[string]string{"suggest/entity?prefix=tamaz+qor": "un-A.1", "suggest/property?prefix=birth": "Person:birthCountry", "suggest/type?prefix=per": "Person"} {
		if _, got = call(t, s, "GET", "/reconcile/default/"+path, ""); at(got, "result.0.id") != want {
			t.Errorf("%s: %v", path, got)
		}
	}
	_, got = call(t, s, "GET", "/reconcile/default/extend/property?type=Person", "")
	if at(got, "type") != "Person" || at(got, "properties.0.id") == nil {
		t.Errorf("%v", got)
	}
	resp, err := http.Get(s.URL + "/reconcile/default/preview?id=un-A.1")
	if err != nil || resp.StatusCode != 200 {
		t.Errorf("%v %v", resp, err)
	}
}

func FuzzReadBatch(f *testing.F) {
	f.Add(`{"weights":{"a":1},"config":{},"queries":{"q":{"id":"x","schema":"Person","properties":{"name":["A",1,null,{"caption":"B"}],"birthDate":"1961"}}}}`)
	f.Add(`{"queries":{"a":{"schema":"Thing","properties":{}},"a":{"schema":"Thing","properties":{}}}}`)
	f.Fuzz(func(t *testing.T, s string) {
		b, err := readBatch(strings.NewReader(s), 10)
		if err == nil {
			for i := range b.queries {
				for _, q := range b.queries[i].queries(b.config) {
					_ = q
				}
			}
		}
	})
}

func FuzzReconQuery(f *testing.F) {
	f.Add(`{"query":"A","type":["Person"],"limit":2,"properties":[{"pid":"x","v":[{"id":1}]}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		var q reconQuery
		if json.Unmarshal([]byte(s), &q) == nil {
			_, _ = q.example("k")
		}
	})
}

func FuzzParseQuery(f *testing.F) {
	d := invented()
	f.Add(`"a b" OR -c schema:Person d* e~2 (f)`, true)
	f.Fuzz(func(t *testing.T, s string, fuzzy bool) { d.words().Rank(fulltext.Parse(s, fuzzy, false)) })
}
