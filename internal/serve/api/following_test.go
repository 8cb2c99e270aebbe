package api

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/reportedly/reportedly/internal/serve/auth"
)

func TestFeeds(t *testing.T) {
	h := open(t)
	const address = "https://paper.example/rss.xml"
	h.wants(201, auth.Analyst, "POST", Prefix+"/feeds", `{"url":"`+address+`","outlet":"The Paper","seconds":900}`)
	h.wants(422, auth.Analyst, "POST", Prefix+"/feeds", `{"url":"file:///etc/passwd"}`)
	h.wants(422, auth.Analyst, "POST", Prefix+"/feeds", `{"url":"/srv/folder"}`)
	got := h.wants(200, auth.Reader, "GET", Prefix+"/feeds", "")["feeds"].([]any)
	if len(got) != 1 {
		t.Fatalf("%v", got)
	}
	f := got[0].(map[string]any)
	if f["url"] != address || f["seconds"] != 900.0 || f["fetched"] != nil {
		t.Errorf("%v", f)
	}
	h.wants(204, auth.Analyst, "DELETE", Prefix+"/feeds?url="+url.QueryEscape(address), "")
	h.wants(404, auth.Analyst, "DELETE", Prefix+"/feeds?url="+url.QueryEscape(address), "")
}

func TestSubjects(t *testing.T) {
	h := open(t)
	body := `{"subjects":[{"id":"c-1","name":"Velta Orn","schema":"Person","birth_date":"1957-03"},{"id":"c-2","name":"Arvo Lund"}]}`
	if got := h.wants(200, auth.Analyst, "POST", Prefix+"/subjects", body); fmt.Sprint(got["added"], got["changed"], got["watched"]) != "2 0 2" {
		t.Errorf("%v", got)
	}
	if got := h.wants(200, auth.Analyst, "POST", Prefix+"/subjects", body); fmt.Sprint(got["added"], got["changed"], got["watched"]) != "0 0 2" {
		t.Errorf("the same again: %v", got)
	}
	h.wants(422, auth.Analyst, "POST", Prefix+"/subjects", `{"subjects":[{"id":"c-3","name":"X","birth_date":"soon"}]}`)
	h.wants(422, auth.Analyst, "POST", Prefix+"/subjects", `{"subjects":[]}`)
	if got := h.wants(200, auth.Analyst, "GET", Prefix+"/hits?subject=c-1", ""); len(got["hits"].([]any)) != 0 {
		t.Errorf("nobody was screened yet: %v", got)
	}
	h.wants(204, auth.Analyst, "DELETE", Prefix+"/subjects/c-2", "")
	h.wants(404, auth.Analyst, "DELETE", Prefix+"/subjects/c-2", "")
}
