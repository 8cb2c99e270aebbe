package auth_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/reportedly/reportedly/internal/serve/auth"
)

// issuer is a small OpenID provider.
type issuer struct {
	*httptest.Server
	t         *testing.T
	key       *rsa.PrivateKey
	claims    map[string]any
	challenge string // of the last sign-in
	spoil     func(map[string]any)
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func newIssuer(t *testing.T) *issuer {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{t: t, key: key}
	mux := http.NewServeMux()
	reply := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, map[string]any{"issuer": i.URL, "authorization_endpoint": i.URL + "/authorize", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "kid": "k", "alg": "RS256", "use": "sig", "n": b64(key.N.Bytes()), "e": b64(big.NewInt(int64(key.E)).Bytes())}}})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if b64(sum[:]) != i.challenge || r.FormValue("code") != "good" {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		reply(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": i.sign()})
	})
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

func (i *issuer) sign() string {
	c := i.claims
	if i.spoil != nil {
		i.spoil(c)
	}
	head, _ := json.Marshal(map[string]string{"alg": "RS256", "kid": "k"})
	body, _ := json.Marshal(c)
	msg := b64(head) + "." + b64(body)
	sum := sha256.Sum256([]byte(msg))
	sig, err := rsa.SignPKCS1v15(rand.Reader, i.key, crypto.SHA256, sum[:])
	if err != nil {
		i.t.Fatal(err)
	}
	return msg + "." + b64(sig)
}

// walk goes through a sign-in as a browser does and gives the last answer.
func (i *issuer) walk(d *desk, o *auth.OIDC, email string, change func(q url.Values, r *http.Request)) *httptest.ResponseRecorder {
	i.t.Helper()
	start, callback := o.Routes()[0].Handler, o.Routes()[1].Handler
	w := httptest.NewRecorder()
	start.ServeHTTP(w, httptest.NewRequest("GET", auth.OIDCStart, nil))
	to, err := url.Parse(w.Header().Get("Location"))
	if err != nil || w.Code != 303 {
		i.t.Fatalf("%d %v", w.Code, err)
	}
	q := to.Query()
	i.challenge = q.Get("code_challenge")
	i.claims = map[string]any{"iss": i.URL, "aud": q.Get("client_id"), "sub": "s-" + email, "nonce": q.Get("nonce"), "exp": d.now.Unix() + 300, "iat": d.now.Unix(),
		"email": email, "email_verified": true, "name": "From the provider"}
	back := url.Values{"code": {"good"}, "state": {q.Get("state")}}
	r := httptest.NewRequest("GET", auth.OIDCCallback, nil)
	for _, c := range w.Result().Cookies() {
		r.AddCookie(c)
	}
	if change != nil {
		change(back, r)
	}
	r.URL.RawQuery = back.Encode()
	w = httptest.NewRecorder()
	callback.ServeHTTP(w, r)
	return w
}

func TestOIDC(t *testing.T) {
	d := open(t)
	admin, _ := d.setup(t)
	i := newIssuer(t)
	o, err := d.NewOIDC(auth.Provider{Issuer: i.URL, ClientID: "us", Secret: "s", BaseURL: "https://cases.example.org/", Role: ""})
	if err != nil {
		t.Fatal(err)
	}
	if w := i.walk(d, o, "stranger@example.org", nil); w.Code != http.StatusForbidden {
		t.Errorf("a stranger: %d", w.Code)
	}
	if _, err := d.AddUser(ctx, admin, "ben@example.org", "", auth.Reviewer, ""); err != nil {
		t.Fatal(err)
	}
	for range 2 { // linked by the address, then known by the subject
		w := i.walk(d, o, "ben@example.org", nil)
		if w.Code != 303 || w.Header().Get("Location") != "/" {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		if who := d.sees(t, with(cookie(t, w))); who.Login != "ben@example.org" || who.Role != auth.Reviewer {
			t.Errorf("%+v", who)
		}
	}
	o2, err := d.NewOIDC(auth.Provider{Issuer: i.URL, ClientID: "us", Secret: "s", BaseURL: "https://cases.example.org/", Role: auth.Reader})
	if err != nil {
		t.Fatal(err)
	}
	if who := d.sees(t, with(cookie(t, i.walk(d, o2, "new@example.org", nil)))); who.Role != auth.Reader || who.Name != "From the provider" {
		t.Errorf("%+v", who)
	}
}

// Whatever of the way is changed on it, nobody is signed in.
func TestOIDCRefusesWhatDoesNotHold(t *testing.T) {
	tests := map[string]struct {
		change func(url.Values, *http.Request)
		spoil  func(map[string]any)
	}{
		"another state":         {change: func(q url.Values, _ *http.Request) { q.Set("state", "x") }},
		"another browser":       {change: func(_ url.Values, r *http.Request) { r.Header.Del("Cookie") }},
		"another code":          {change: func(q url.Values, _ *http.Request) { q.Set("code", "bad") }},
		"another nonce":         {spoil: func(c map[string]any) { c["nonce"] = "x" }},
		"another audience":      {spoil: func(c map[string]any) { c["aud"] = "x" }},
		"another issuer":        {spoil: func(c map[string]any) { c["iss"] = "https://evil.example" }},
		"an old token":          {spoil: func(c map[string]any) { c["exp"] = 1 }},
		"an unverified address": {spoil: func(c map[string]any) { c["email_verified"] = false }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.setup(t)
			i := newIssuer(t)
			i.spoil = tt.spoil
			o, err := d.NewOIDC(auth.Provider{Issuer: i.URL, ClientID: "us", Secret: "s", BaseURL: "https://cases.example.org", Role: auth.Reader})
			if err != nil {
				t.Fatal(err)
			}
			w := i.walk(d, o, "ben@example.org", tt.change)
			if w.Code < 400 {
				t.Errorf("%d", w.Code)
			}
			for _, c := range w.Result().Cookies() {
				if c.Name == d.CookieName() && c.Value != "" {
					t.Error("a session was begun")
				}
			}
		})
	}
	d := open(t)
	if _, err := d.NewOIDC(auth.Provider{Issuer: "x", ClientID: "us", BaseURL: "y", Role: auth.Administrator}); err == nil {
		t.Error("a provider may make administrators")
	}
}
