package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Target is where messages go.
type Target struct {
	URL    string
	Secret string // signs; "" sends unsigned
	// AllowHosts are hosts, as written in the URL, that may have addresses of
	// this machine or its networks.
	AllowHosts []string
}

// Sender posts messages.
type Sender struct {
	Agent    string        // User-Agent
	Attempts int           // 0 = 5
	Pause    time.Duration // before the second attempt, doubled each time; 0 = 1 s
	Timeout  time.Duration // of one attempt; 0 = 15 s
	Now      func() time.Time
}

// Headers of a message.
const (
	// SignatureHeader is "t=UNIX SECONDS,v1=HEX", the HMAC-SHA256 of
	// "SECONDS.BODY" under the secret.
	SignatureHeader = "X-Reportedly-Signature"
	// DeliveryHeader names the message: the same in every attempt.
	DeliveryHeader = "X-Reportedly-Delivery"
)

// ErrForbidden is returned for a target inside the machine or its networks.
var ErrForbidden = errors.New("the address is not public; allow its host by name if this is meant")

// Check refuses a target that cannot be meant.
func (t Target) Check() error {
	u, err := url.Parse(t.URL)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return fmt.Errorf("webhook %q: not an http address", t.URL)
	}
	if u.User != nil {
		return fmt.Errorf("webhook %s: no password in the address", u.Redacted())
	}
	if u.Scheme == "http" && !t.allowed(u.Hostname()) {
		return fmt.Errorf("webhook %s: needs https, unless its host is allowed by name", t.URL)
	}
	return nil
}

func (t Target) allowed(host string) bool {
	return slices.ContainsFunc(t.AllowHosts, func(a string) bool { return strings.EqualFold(a, host) })
}

// Send delivers one message or tells why not.
func (s Sender) Send(ctx context.Context, t Target, delivery string, body []byte) error {
	if err := t.Check(); err != nil {
		return err
	}
	attempts, pause := s.Attempts, s.Pause
	if attempts <= 0 {
		attempts = 5
	}
	if pause <= 0 {
		pause = time.Second
	}
	client := s.client(t)
	defer client.CloseIdleConnections()
	var last error
	for i := range attempts {
		if i > 0 {
			timer := time.NewTimer(pause << (i - 1))
			select {
			case <-ctx.Done():
				timer.Stop()
				return errors.Join(last, ctx.Err())
			case <-timer.C:
			}
		}
		again, err := s.once(ctx, client, t, delivery, body)
		if err == nil {
			return nil
		}
		if last = err; !again {
			break
		}
	}
	return fmt.Errorf("webhook %s: %w", t.URL, last)
}

// once makes one attempt; again tells whether another makes sense.
func (s Sender) once(ctx context.Context, client *http.Client, t Target, delivery string, body []byte) (again bool, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.URL, bytes.NewReader(body))
	if err != nil {
		return false, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", s.Agent)
	req.Header.Set(DeliveryHeader, delivery)
	if t.Secret != "" {
		now := time.Now
		if s.Now != nil {
			now = s.Now
		}
		req.Header.Set(SignatureHeader, Sign(t.Secret, now(), body))
	}
	resp, err := client.Do(req)
	if err != nil {
		return !errors.Is(err, ErrForbidden) && ctx.Err() == nil, err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection can be used again
	switch c := resp.StatusCode; {
	case c >= 200 && c < 300:
		return false, nil
	case c == http.StatusTooManyRequests, c == http.StatusRequestTimeout, c >= 500:
		return true, fmt.Errorf("answered %s", resp.Status)
	default:
		return false, fmt.Errorf("answered %s", resp.Status)
	}
}

// Sign gives the signature of a body sent at a moment.
func Sign(secret string, at time.Time, body []byte) string {
	seconds := strconv.FormatInt(at.Unix(), 10)
	m := hmac.New(sha256.New, []byte(secret))
	m.Write([]byte(seconds + "."))
	m.Write(body)
	return "t=" + seconds + ",v1=" + hex.EncodeToString(m.Sum(nil))
}

// Verify holds a signature against a body, for receivers and tests; a message
// older than the tolerance is refused.
func Verify(secret, signature string, body []byte, now time.Time, tolerance time.Duration) bool {
	t, _, ok := strings.Cut(strings.TrimPrefix(signature, "t="), ",")
	seconds, err := strconv.ParseInt(t, 10, 64)
	if !ok || err != nil || now.Sub(time.Unix(seconds, 0)).Abs() > tolerance {
		return false
	}
	return hmac.Equal([]byte(Sign(secret, time.Unix(seconds, 0), body)), []byte(signature))
}

func (s Sender) client(t Target) *http.Client {
	timeout := s.Timeout
	if timeout <= 0 {
		timeout = 15 * time.Second
	}
	u, _ := url.Parse(t.URL) // checked by Check
	dialer := &net.Dialer{Timeout: timeout}
	if !t.allowed(u.Hostname()) {
		dialer.Control = public
	}
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport:     &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: timeout, MaxIdleConns: 2, DisableKeepAlives: false, Proxy: nil},
	}
}

// closed are networks that are nobody's public server, beside those that
// netip names: shared addresses, NAT64, 6to4, documentation, benchmarks,
// reserved (RFC 6890 and its updates).
var closed = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001:db8::/32"),
}

// public is called with the address that is about to be dialled, after the
// name was resolved.
func public(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%s: %w", address, ErrForbidden)
	}
	ip := ap.Addr().Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() ||
		slices.ContainsFunc(closed, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		return fmt.Errorf("%s: %w", ip, ErrForbidden)
	}
	return nil
}
