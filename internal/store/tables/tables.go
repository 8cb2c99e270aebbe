package tables

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/reportedly/reportedly/internal/store"
)

// DB is a store in relational tables. It implements store.Store.
type DB struct {
	engine      Engine
	write, read *sql.DB
	enc         *zstd.Encoder
	dec         *zstd.Decoder
	place       string
	counted     counted
}

var _ store.Store = (*DB)(nil)

// Engine is what is particular to one database.
type Engine struct {
	// Name is "sqlite" or "postgres": it chooses dialect and migrations.
	Name string
	// Tx are the options of every writing transaction.
	Tx *sql.TxOptions
	// Again reports whether a transaction that failed with err was the victim of
	// another one and must be run again; nil where that cannot happen.
	Again func(err error) bool
	// Away reports whether err is the absence of the database and no fault of
	// what was asked.
	Away func(err error) bool
}

// New brings the schema up to date and gives the store. write and read may be
// one pool; place is what errors call the store. Close closes both.
func New(ctx context.Context, e Engine, write, read *sql.DB, place string) (*DB, error) {
	db := &DB{engine: e, write: write, read: read, place: place}
	err := migrate(ctx, e.Name, write)
	if err == nil {
		db.enc, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	}
	if err == nil {
		db.dec, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(1<<30))
	}
	if err == nil {
		err = db.fileAll(ctx)
	}
	if err != nil {
		return nil, err
	}
	return db, nil
}

// Engine tells which database keeps the tables.
func (db *DB) Engine() string { return db.engine.Name }

// Path is the file of the store, or its address without a password.
func (db *DB) Path() string { return db.place }

// Close waits for running statements and closes the pools.
func (db *DB) Close() error {
	err := db.write.Close()
	if db.read != db.write {
		if rerr := db.read.Close(); err == nil {
			err = rerr
		}
	}
	db.dec.Close()
	return err
}

// attempts bounds how often a transaction is run again. Writers that meet give
// way at random, so a few rounds are enough; more means something else is wrong.
const attempts = 20

// together is the transaction that a context carries, and whose it is.
type together struct {
	db *DB
	tx *sql.Tx
}

type togetherKey struct{}

// Together makes everything that f writes into this store with the context it
// is given one transaction: all or nothing, and much faster for many small
// things. Reads do not see it before it ends. f may run several times.
func (db *DB) Together(ctx context.Context, f func(ctx context.Context) error) error {
	return db.inTx(ctx, func(tx *sql.Tx) error {
		return f(context.WithValue(ctx, togetherKey{}, together{db, tx}))
	})
}

// inTx runs f in one writing transaction, again where another transaction came
// between. f may run several times and must not keep what an earlier run found.
func (db *DB) inTx(ctx context.Context, f func(*sql.Tx) error) error {
	if t, ok := ctx.Value(togetherKey{}).(together); ok && t.db == db {
		return f(t.tx)
	}
	for i := 1; ; i++ {
		err := db.once(ctx, f)
		if err == nil || db.engine.Again == nil || !db.engine.Again(err) || i == attempts {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(i*i) * time.Millisecond):
		}
	}
}

func (db *DB) once(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := db.write.BeginTx(ctx, db.engine.Tx)
	if err != nil {
		return err
	}
	err = underFence(ctx, tx)
	if err == nil {
		err = f(tx)
	}
	if err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// pack gives a value as compressed JSON, unpack reads it back.
func (db *DB) pack(v any) ([]byte, error) {
	j, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return db.enc.EncodeAll(j, nil), nil
}

func (db *DB) unpack(b []byte, v any) error {
	j, err := db.dec.DecodeAll(b, nil)
	if err != nil {
		return fmt.Errorf("damaged: %w", err)
	}
	return json.Unmarshal(j, v)
}

// stamp writes a moment so that text order is time order.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000000Z") }

func unstamp(s string) time.Time {
	t, _ := time.Parse(time.RFC3339Nano, s)
	return t
}

// endOfTime compares after every stamp: "known now".
const endOfTime = "9999"

func knownAt(t time.Time) string {
	if t.IsZero() {
		return endOfTime
	}
	return stamp(t)
}

// flag writes a truth value: the engines share no type for it.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
