package webhook

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestSend(t *testing.T) {
	var got []string
	fails := 2
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !Verify("secret", r.Header.Get(SignatureHeader), body, time.Now(), time.Minute) {
			t.Errorf("signature %q does not hold", r.Header.Get(SignatureHeader))
		}
		got = append(got, r.Header.Get(DeliveryHeader)+" "+string(body))
		switch {
		case r.URL.Path == "/gone":
			w.WriteHeader(http.StatusGone)
		case r.URL.Path == "/moved":
			http.Redirect(w, r, "/", http.StatusFound)
		case fails > 0:
			fails--
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	defer s.Close()
	send := Sender{Pause: time.Millisecond}
	target := Target{URL: s.URL, Secret: "secret", AllowHosts: []string{"127.0.0.1"}}
	if err := send.Send(context.Background(), target, "1-3", []byte(`{"a":1}`)); err != nil || len(got) != 3 || got[2] != `1-3 {"a":1}` {
		t.Errorf("%v %q", err, got)
	}
	for _, path := range []string{"/gone", "/moved"} {
		n := len(got)
		target.URL = s.URL + path
		if err := send.Send(context.Background(), target, "4", nil); err == nil || len(got) != n+1 {
			t.Errorf("%s: %v, %d attempts", path, err, len(got)-n)
		}
	}
}

func TestForbidden(t *testing.T) {
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was reached") }))
	defer s.Close()
	port := s.URL[strings.LastIndex(s.URL, ":"):]
	for _, u := range []string{s.URL, "https://localhost" + port, "https://[::ffff:127.0.0.1]" + port, "https://169.254.169.254/latest", "https://10.0.0.1/", "https://[64:ff9b::7f00:1]/", "https://100.64.0.1/"} {
		err := Sender{Attempts: 1, Timeout: time.Second}.Send(context.Background(), Target{URL: u}, "1", nil)
		if !errors.Is(err, ErrForbidden) {
			t.Errorf("%s: %v", u, err)
		}
	}
	for _, u := range []string{"", "ftp://x/", "http://example.com/", "https://a:b@example.com/", "https:///x"} {
		if (Target{URL: u}).Check() == nil {
			t.Errorf("%q was taken", u)
		}
	}
}

func TestVerify(t *testing.T) {
	at := time.Unix(1000, 0)
	sig := Sign("s", at, []byte("x"))
	for _, c := range []struct {
		secret, sig, body string
		now               time.Time
		ok                bool
	}{
		{"s", sig, "x", at, true}, {"t", sig, "x", at, false}, {"s", sig, "y", at, false}, {"s", sig, "x", at.Add(time.Hour), false}, {"s", "", "x", at, false}, {"s", "t=1,v1=", "x", time.Unix(1, 0), false},
	} {
		if Verify(c.secret, c.sig, []byte(c.body), c.now, time.Minute) != c.ok {
			t.Errorf("%+v", c)
		}
	}
}
