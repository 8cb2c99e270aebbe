package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"syscall"
)

// ErrAddress is returned for an address that must not be asked: one of this
// machine or its own networks, or one that is no place on the internet.
var ErrAddress = errors.New("address is not on the public internet")

// reserved are ranges that netip's own tests leave out (IANA special-purpose
// registries, 2025): shared address space of carriers, benchmarks, examples,
// and ways to reach IPv4 through IPv6.
var reserved = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")

// unicast is what IPv6 has given out so far; all else (64:ff9b::/96, fc00::/7,
// fe80::/10, ::1, ff00::/8 ...) is no place on the internet, or leads back
// into one's own networks.
var unicast = netip.MustParsePrefix("2000::/3")

func prefixes(s ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, p := range s {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

// Public reports whether an address is one of the public internet.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.IsMulticast() || a.IsUnspecified() {
		return false
	}
	if a.Is6() && !unicast.Contains(a) {
		return false
	}
	for _, p := range reserved {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// guard decides which addresses may be connected to.
type guard struct {
	allow []netip.Prefix
}

func (g guard) addr(a netip.Addr) error {
	a = a.Unmap()
	for _, p := range g.allow {
		if p.Contains(a.WithZone("")) {
			return nil
		}
	}
	if !Public(a) {
		return fmt.Errorf("%s: %w", a, ErrAddress)
	}
	return nil
}

// control is asked by the dialer for each address after names were resolved,
// just before it connects, so that a name that changes its address between
// two looks (DNS rebinding) gains nothing.
func (g guard) control(network, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%s: %w", address, ErrAddress)
	}
	if err := port(int(ap.Port())); err != nil {
		return err
	}
	return g.addr(ap.Addr())
}

// port keeps off the well-known ports of other services.
func port(p int) error {
	if p == 80 || p == 443 || p >= 1024 {
		return nil
	}
	return fmt.Errorf("port %d: %w", p, ErrAddress)
}

// resolve looks a host up itself. It is for requests through a proxy, which
// would do so where the dialer cannot see it.
func (g guard) resolve(ctx context.Context, u *url.URL) error {
	if p := u.Port(); p != "" {
		n, err := strconv.Atoi(p)
		if err != nil || port(n) != nil {
			return fmt.Errorf("port %s: %w", p, ErrAddress)
		}
	}
	ips, err := net.DefaultResolver.LookupNetIP(ctx, "ip", u.Hostname())
	if err != nil {
		return err
	}
	for _, ip := range ips {
		if err := g.addr(ip); err != nil {
			return err
		}
	}
	return nil
}
