package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/structs"
	"github.com/knadh/koanf/v2"
)

// Config holds every setting.
type Config struct {
	// DB is the file of the store.
	DB string `koanf:"db"`
	// Lists are list files used instead of the store's.
	Lists []string `koanf:"lists"`
	// Sources are files of outlets, agencies and control groups laid over those
	// that ship.
	Sources []string `koanf:"sources"`
	// Workers is the number of articles read side by side; 0 = one a core.
	Workers int `koanf:"workers"`
	// Reviewer is the name under which decisions are kept where none is given.
	Reviewer string `koanf:"reviewer"`
	// MaxArticleMB bounds one article, in megabytes.
	MaxArticleMB int `koanf:"max_article_mb"`
	// Serve holds the settings of the service; in the environment
	// REPORTEDLY_SERVE_LISTEN and so on.
	Serve Serve `koanf:"serve"`
	// Watch holds what is followed and how pages are fetched; in the environment
	// REPORTEDLY_WATCH_EVERY and so on.
	Watch Watch `koanf:"watch"`
	// Stream says how work is shared with other processes; in the environment
	// REPORTEDLY_STREAM_URL and so on.
	Stream Stream `koanf:"stream"`
}

// Stream says where the broker of shared work is.
type Stream struct {
	// URL of the NATS broker.
	URL string `koanf:"url"`
	// Credentials is a file of the broker's (.creds).
	Credentials string `koanf:"credentials"`
	// PasswordFile holds "user:password".
	PasswordFile string `koanf:"password_file"`
	// Prefix begins the names of streams: one an installation.
	Prefix string `koanf:"prefix"`
	// Replicas of each stream; 3 in a cluster.
	Replicas int `koanf:"replicas"`
	// Partitions of case building, when the streams are made.
	Partitions int `koanf:"partitions"`
	// Dir keeps the streams of a broker in the process, and its password.
	Dir string `koanf:"dir"`
}

// Watch says what is followed and how pages are fetched. Durations are written
// as "15m".
type Watch struct {
	// Feeds are addresses of feeds and sitemaps, and folders, followed beside
	// those that 'feeds add' keeps in the store.
	Feeds []string `koanf:"feeds"`
	// Every is how often each is looked at.
	Every string `koanf:"every"`
	// Interval is the least time between two requests to one host.
	Interval string `koanf:"interval"`
	// UserAgent is told to servers; it should name whom to write to.
	UserAgent string `koanf:"user_agent"`
	// Proxy is an outgoing HTTP proxy.
	Proxy string `koanf:"proxy"`
	// Allow are networks (10.1.2.0/24) that may be asked although they are not
	// of the public internet.
	Allow []string `koanf:"allow"`
	// MaxPageMB bounds a page or feed, unpacked.
	MaxPageMB int `koanf:"max_page_mb"`
	// IgnoreRobots fetches pages without asking robots.txt.
	IgnoreRobots bool `koanf:"ignore_robots"`
}

// Serve holds the settings of the service.
type Serve struct {
	// Listen is host:port; beyond loopback only with TLS or BehindProxy.
	Listen string `koanf:"listen"`
	// Hosts are the names by which the service may be asked, beside loopback.
	Hosts []string `koanf:"hosts"`
	// TLSCert and TLSKey are PEM files.
	TLSCert string `koanf:"tls_cert"`
	TLSKey  string `koanf:"tls_key"`
	// TLSAuto gets certificates for Hosts by ACME (Let's Encrypt).
	TLSAuto bool `koanf:"tls_auto"`
	// BehindProxy says that a proxy in front provides TLS.
	BehindProxy bool `koanf:"behind_proxy"`
	// OTLP is the address that traces are sent to, "" = nowhere.
	OTLP string `koanf:"otlp"`
	// OIDC signs people in by an OpenID provider.
	OIDC OIDC `koanf:"oidc"`
	// LogFormat is text or json.
	LogFormat string `koanf:"log_format"`
}

// OIDC is an OpenID provider; an empty Issuer means none.
type OIDC struct {
	Issuer   string `koanf:"issuer"`
	ClientID string `koanf:"client_id"`
	// SecretFile holds the client's secret, so that it stands in no process list.
	SecretFile string `koanf:"secret_file"`
	// BaseURL is the address of this service as browsers know it.
	BaseURL string `koanf:"base_url"`
	// Role is given to people whom the provider knows and we do not; "" = they
	// are refused until an administrator adds their e-mail address as sign-in name.
	Role string `koanf:"role"`
}

// Default gives the settings that hold where nothing else is said.
func Default() Config {
	return Config{DB: filepath.Join(dataFolder(), "reportedly.db"), MaxArticleMB: 16,
		Serve:  Serve{Listen: "127.0.0.1:8484", LogFormat: "text"},
		Watch:  Watch{Every: "15m", Interval: "1s", MaxPageMB: 16},
		Stream: Stream{URL: "nats://127.0.0.1:4222", Prefix: "reportedly", Replicas: 1, Partitions: 1, Dir: filepath.Join(dataFolder(), "broker")}}
}

// dataFolder is where a user's programs keep their data: XDG_DATA_HOME, else
// the platform's configuration folder, else the working directory.
func dataFolder() string {
	if d := os.Getenv("XDG_DATA_HOME"); d != "" {
		return filepath.Join(d, "reportedly")
	}
	if d, err := os.UserHomeDir(); err == nil {
		if _, err := os.Stat(filepath.Join(d, ".local", "share")); err == nil {
			return filepath.Join(d, ".local", "share", "reportedly")
		}
	}
	if d, err := os.UserConfigDir(); err == nil {
		return filepath.Join(d, "reportedly")
	}
	return "."
}

// File is the settings file read where none is named.
func File() string {
	d, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(d, "reportedly", "reportedly.toml")
}

const prefix = "REPORTEDLY_"

// Load reads the defaults, the file and the environment, in this order. The
// file may be missing unless it was named by the user.
func Load(path string, environ []string) (Config, error) {
	named := path != ""
	if !named {
		path = File()
	}
	k := koanf.New(".")
	if err := k.Load(structs.Provider(Default(), "koanf"), nil); err != nil {
		return Config{}, fmt.Errorf("config: defaults: %w", err)
	}
	if path != "" {
		err := k.Load(file.Provider(path), toml.Parser())
		if err != nil && (named || !errors.Is(err, fs.ErrNotExist)) {
			return Config{}, fmt.Errorf("config: %s: %w", path, err)
		}
	}
	err := k.Load(env.Provider(".", env.Opt{Prefix: prefix, EnvironFunc: func() []string { return environ },
		TransformFunc: func(key, value string) (string, any) {
			key = strings.ToLower(strings.TrimPrefix(key, prefix))
			switch key {
			case "lists", "sources", "serve_hosts", "watch_feeds", "watch_allow":
				key = strings.Replace(strings.Replace(key, "serve_", "serve.", 1), "watch_", "watch.", 1)
				return key, strings.Split(value, string(os.PathListSeparator))
			case "config": // names the file itself, see cli
				return "", nil
			case "shared": // where tests find their data
				return "", nil
			}
			for _, part := range []string{"serve_oidc", "serve", "watch", "stream"} {
				if rest, ok := strings.CutPrefix(key, part+"_"); ok {
					key = strings.ReplaceAll(part, "_", ".") + "." + rest
					break
				}
			}
			return key, value
		}}), nil)
	if err != nil {
		return Config{}, fmt.Errorf("config: environment: %w", err)
	}
	return decode(k)
}

func decode(k *koanf.Koanf) (Config, error) {
	var c Config
	err := k.UnmarshalWithConf("", &c, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		Result: &c, TagName: "koanf", ErrorUnused: true, WeaklyTypedInput: true}})
	if err != nil {
		return Config{}, fmt.Errorf("config: %w", err)
	}
	if c.DB == "" {
		return Config{}, errors.New("config: db: no file named")
	}
	if c.Workers < 0 || c.MaxArticleMB < 1 {
		return Config{}, errors.New("config: workers and max_article_mb must not be negative")
	}
	return c, nil
}
