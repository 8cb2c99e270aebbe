package stream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Options of an exchange; the zero value of each field takes a default.
type Options struct {
	// URL of the broker: nats://, tls://; ignored where Via is given.
	URL string
	// Credentials is a file of the broker's (.creds), "" none.
	Credentials string
	// Via are further options of the connection, such as that to a broker in this
	// process (broker.Server.Via).
	Via []nats.Option
	// Prefix begins the names of all streams: installations that share a broker
	// have different ones. "reportedly" by default.
	Prefix string
	// Replicas of each stream, 1 by default; 3 in a cluster.
	Replicas int
	// Partitions of case building, used when the stream is made.
	Partitions int
	// MaxTasks bounds waiting articles: publishers wait when it is reached.
	MaxTasks int64
	// InHand bounds what all workers together may have taken and not finished.
	InHand int
	// AckWait is how long after the last sign of life a task is given to another.
	AckWait time.Duration
	// Beat is how often a process shows that it lives.
	Beat time.Duration
	Log  *slog.Logger
}

// Defaults of options.
const (
	DefaultPrefix     = "reportedly"
	DefaultPartitions = 1
	DefaultMaxTasks   = 1_000_000
	DefaultInHand     = 1024
	DefaultAckWait    = 30 * time.Second
	DefaultBeat       = 5 * time.Second
	dedupWindow       = 10 * time.Minute
	keepAside         = 90 * 24 * time.Hour
)

func (o *Options) defaults() {
	if o.Prefix == "" {
		o.Prefix = DefaultPrefix
	}
	if o.Replicas <= 0 {
		o.Replicas = 1
	}
	if o.Partitions <= 0 {
		o.Partitions = DefaultPartitions
	}
	if o.MaxTasks <= 0 {
		o.MaxTasks = DefaultMaxTasks
	}
	if o.InHand <= 0 {
		o.InHand = DefaultInHand
	}
	if o.AckWait <= 0 {
		o.AckWait = DefaultAckWait
	}
	if o.Beat <= 0 {
		o.Beat = DefaultBeat
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

// Exchange is a connection to the broker with the streams of one installation.
// It reconnects by itself, for ever.
type Exchange struct {
	o          Options
	nc         *nats.Conn
	js         jetstream.JetStream
	n          names
	partitions int // as the stream was made
}

var prefixForm = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)

// Connect joins a broker and makes the streams that it does not have. It waits
// for the broker until the context ends.
func Connect(ctx context.Context, o Options) (*Exchange, error) {
	o.defaults()
	if !prefixForm.MatchString(o.Prefix) {
		return nil, fmt.Errorf("stream: prefix %q is no short word of small letters", o.Prefix)
	}
	opts := []nats.Option{nats.Name("reportedly"), nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true), nats.Timeout(3 * time.Second),
		nats.ReconnectWait(250 * time.Millisecond), nats.ReconnectJitter(250*time.Millisecond, time.Second), nats.PingInterval(5 * time.Second), nats.MaxPingsOutstanding(2)}
	if o.Credentials != "" {
		opts = append(opts, nats.UserCredentials(o.Credentials))
	}
	nc, err := nats.Connect(o.URL, append(opts, o.Via...)...)
	if err != nil {
		return nil, fmt.Errorf("stream: %w", err)
	}
	x := &Exchange{o: o, nc: nc, n: names{o.Prefix}}
	if x.js, err = jetstream.New(nc, jetstream.WithDefaultTimeout(5*time.Second)); err == nil {
		err = x.again(ctx, "broker", func(ctx context.Context) error { return x.ensure(ctx) })
	}
	if err != nil {
		err = errors.Join(err, nc.LastError())
		nc.Close()
		return nil, err
	}
	return x, nil
}

// Close sends what is still to be said and ends the connection.
func (x *Exchange) Close() {
	_ = x.nc.FlushTimeout(time.Second) // whatever is lost comes again
	x.nc.Close()
}

// Partitions is how many partitions cases are built in.
func (x *Exchange) Partitions() int { return x.partitions }

const partitionsKey = "reportedly-partitions"

// ensure makes streams and consumers that are missing. What is there stays as
// its operator set it up.
func (x *Exchange) ensure(ctx context.Context) error {
	for _, c := range []jetstream.StreamConfig{
		{Name: x.n.stream("articles"), Subjects: []string{x.n.articles()}, Retention: jetstream.WorkQueuePolicy, Discard: jetstream.DiscardNew, MaxMsgs: x.o.MaxTasks, Duplicates: dedupWindow},
		{Name: x.n.stream("archives"), Subjects: []string{x.n.archives()}, Retention: jetstream.WorkQueuePolicy, Duplicates: dedupWindow},
		{Name: x.n.stream("cases"), Subjects: []string{x.n.prefix + ".cases.*"}, Retention: jetstream.WorkQueuePolicy, Duplicates: dedupWindow,
			Metadata: map[string]string{partitionsKey: strconv.Itoa(x.o.Partitions)}},
		{Name: x.n.stream("aside"), Subjects: []string{x.n.prefix + ".aside.>"}, Retention: jetstream.LimitsPolicy, MaxAge: keepAside, Duplicates: dedupWindow},
	} {
		c.Storage, c.Replicas = jetstream.FileStorage, x.o.Replicas
		if err := x.ensureStream(ctx, c); err != nil {
			return err
		}
	}
	for stream, inHand := range map[string]int{"articles": x.o.InHand, "archives": x.o.InHand} {
		if err := x.ensureConsumer(ctx, stream, "workers", "", inHand); err != nil {
			return err
		}
	}
	for p := range x.partitions {
		// One at a time: a partition has one builder.
		if err := x.ensureConsumer(ctx, "cases", builderName(p), x.n.cases(p), 1); err != nil {
			return err
		}
	}
	return nil
}

func (x *Exchange) ensureStream(ctx context.Context, c jetstream.StreamConfig) error {
	s, err := x.js.Stream(ctx, c.Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		s, err = x.js.CreateStream(ctx, c)
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // somebody was first
			s, err = x.js.Stream(ctx, c.Name)
		}
	}
	if err != nil {
		return fmt.Errorf("stream %s: %w", c.Name, err)
	}
	if v, ok := s.CachedInfo().Config.Metadata[partitionsKey]; ok {
		n, err := strconv.Atoi(v)
		if err != nil || n <= 0 {
			return fmt.Errorf("stream %s: %q is no number of partitions", c.Name, v)
		}
		x.partitions = n
	}
	return nil
}

func (x *Exchange) ensureConsumer(ctx context.Context, stream, name, filter string, inHand int) error {
	c := jetstream.ConsumerConfig{Durable: name, AckPolicy: jetstream.AckExplicitPolicy, AckWait: x.o.AckWait, MaxDeliver: -1, MaxAckPending: inHand, FilterSubject: filter, Replicas: x.o.Replicas}
	_, err := x.js.CreateConsumer(ctx, x.n.stream(stream), c)
	if err != nil && !errors.Is(err, jetstream.ErrConsumerExists) {
		return fmt.Errorf("consumer %s of %s: %w", name, stream, err)
	}
	return nil
}

// publish brings a message into its stream, however long the broker is away or
// the stream full; id makes the broker drop what it has already.
func (x *Exchange) publish(ctx context.Context, subject, id string, body any, header nats.Header) error {
	data, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("stream: %w", err)
	}
	return x.publishRaw(ctx, subject, id, data, header)
}

func (x *Exchange) publishRaw(ctx context.Context, subject, id string, data []byte, header nats.Header) error {
	if header == nil {
		header = nats.Header{}
	}
	m := &nats.Msg{Subject: subject, Data: data, Header: header}
	var opts []jetstream.PublishOpt
	if id != "" {
		opts = append(opts, jetstream.WithMsgID(id))
	}
	return x.again(ctx, subject, func(ctx context.Context) error {
		_, err := x.js.PublishMsg(ctx, m, opts...)
		if errors.Is(err, jetstream.ErrNoStreamResponse) || errors.Is(err, jetstream.ErrStreamNotFound) || errors.Is(err, nats.ErrNoResponders) {
			err = errors.Join(err, x.ensure(ctx))
		}
		return err
	})
}

// Pauses between tries.
const (
	firstPause = 50 * time.Millisecond
	longPause  = 5 * time.Second
)

// again tries until it succeeds or the context ends. It is for what fails only
// because the broker is away or full.
func (x *Exchange) again(ctx context.Context, what string, f func(context.Context) error) error {
	for pause := firstPause; ; pause = min(2*pause, longPause) {
		try, cancel := context.WithTimeout(ctx, 10*time.Second)
		err := f(try)
		cancel()
		if err == nil {
			return nil
		}
		x.o.Log.Warn("stream: trying again", "what", what, "error", err)
		if !sleep(ctx, pause) {
			return fmt.Errorf("stream: %s: %w", what, errors.Join(context.Cause(ctx), err))
		}
	}
}

// sleep reports whether the time passed before the context ended.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
