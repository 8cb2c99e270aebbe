package tables

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/store"
	"github.com/reportedly/reportedly/internal/story"
)

// SaveEdition implements store.Lists.
func (db *DB) SaveEdition(ctx context.Context, e party.Edition, parties []party.Party, findings []story.Finding, known time.Time) (added bool, err error) {
	err = db.inTx(ctx, func(tx *sql.Tx) error {
		added = false
		var one int
		switch err := tx.QueryRowContext(ctx, `SELECT 1 FROM editions WHERE key = $1`, e.Key()).Scan(&one); err {
		case nil:
			return nil
		case sql.ErrNoRows:
		default:
			return err
		}
		members, err := db.saveParties(ctx, tx, parties)
		if err != nil {
			return err
		}
		notes, err := db.pack(findings)
		if err != nil {
			return err
		}
		added = true
		_, err = tx.ExecContext(ctx, `INSERT INTO editions (key, list, publisher, stated, as_of, sha256, file, format, entries, partial, members, findings, known_from)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
			e.Key(), e.List, e.Publisher, e.Stated.String(), e.AsOf.String(), e.SHA256, e.File, e.Format, len(parties), flag(e.Partial), members, notes, stamp(known))
		return err
	})
	if err != nil {
		return false, fmt.Errorf("store: edition %s: %w", e.Key(), err)
	}
	return added, nil
}

// saveParties keeps each wording of an entry once and gives the ids of all.
func (db *DB) saveParties(ctx context.Context, tx *sql.Tx, parties []party.Party) ([]byte, error) {
	find, err := tx.PrepareContext(ctx, `SELECT id FROM party_versions WHERE hash = $1`)
	if err != nil {
		return nil, err
	}
	defer find.Close()
	put, err := tx.PrepareContext(ctx, `INSERT INTO party_versions (party, hash, body) VALUES ($1,$2,$3) RETURNING id`)
	if err != nil {
		return nil, err
	}
	defer put.Close()
	var ids []byte
	for _, p := range parties {
		p.Source = party.Origin{Record: p.Source.Record} // the place in the file differs between editions; the wording does not
		j, err := json.Marshal(p)
		if err != nil {
			return nil, fmt.Errorf("entry %s: %w", p.ID, err)
		}
		sum := sha256.Sum256(j)
		hash := hex.EncodeToString(sum[:])
		var id int64
		if err := find.QueryRowContext(ctx, hash).Scan(&id); err == sql.ErrNoRows {
			if err := put.QueryRowContext(ctx, p.ID, hash, db.enc.EncodeAll(j, nil)).Scan(&id); err != nil {
				return nil, fmt.Errorf("entry %s: %w", p.ID, err)
			}
		} else if err != nil {
			return nil, err
		}
		ids = binary.AppendUvarint(ids, uint64(id))
	}
	return db.enc.EncodeAll(ids, nil), nil
}

// Editions implements store.Lists.
func (db *DB) Editions(ctx context.Context, list string, known time.Time) ([]party.Edition, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT list, publisher, stated, as_of, sha256, file, format, entries, partial, known_from FROM editions
		WHERE ($1 = '' OR list = $1) AND known_from <= $2 ORDER BY list, as_of, key`, list, knownAt(known))
	if err != nil {
		return nil, fmt.Errorf("store: editions: %w", err)
	}
	defer rows.Close()
	var out []party.Edition
	for rows.Next() {
		var e party.Edition
		var stated, asOf, from string
		if err := rows.Scan(&e.List, &e.Publisher, &stated, &asOf, &e.SHA256, &e.File, &e.Format, &e.Entries, &e.Partial, &from); err != nil {
			return nil, fmt.Errorf("store: editions: %w", err)
		}
		e.Stated, _ = calendar.Parse(stated)
		e.AsOf, _ = calendar.Parse(asOf)
		e.KnownFrom = unstamp(from)
		out = append(out, e)
	}
	return out, rows.Err()
}

// Parties implements store.Lists.
func (db *DB) Parties(ctx context.Context, key string) ([]party.Party, error) {
	ps, _, err := db.members(ctx, key, nil)
	return ps, err
}

// Walk implements store.Lists.
func (db *DB) Walk(ctx context.Context, list string, known time.Time, give func(party.Edition, []party.Party) error) error {
	eds, err := db.Editions(ctx, list, known)
	if err != nil {
		return err
	}
	// Neighbouring editions share most wordings: each is decoded once.
	var seen map[int64]party.Party
	for _, e := range eds {
		ps, now, err := db.members(ctx, e.Key(), seen)
		if err != nil {
			return err
		}
		seen = now
		if err := give(e, ps); err != nil {
			return err
		}
	}
	return nil
}

// members decodes the entries of an edition; seen are wordings decoded before.
// It gives the wordings of this edition for the next call.
func (db *DB) members(ctx context.Context, key string, seen map[int64]party.Party) ([]party.Party, map[int64]party.Party, error) {
	var packed []byte
	if err := db.read.QueryRowContext(ctx, `SELECT members FROM editions WHERE key = $1`, key).Scan(&packed); err != nil {
		return nil, nil, fmt.Errorf("store: edition %s: %w", key, notFound(err))
	}
	ids, err := db.dec.DecodeAll(packed, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("store: edition %s: %w", key, err)
	}
	get, err := db.read.PrepareContext(ctx, `SELECT body FROM party_versions WHERE id = $1`)
	if err != nil {
		return nil, nil, err
	}
	defer get.Close()
	var out []party.Party
	now := map[int64]party.Party{}
	for len(ids) > 0 {
		u, n := binary.Uvarint(ids)
		if n <= 0 {
			return nil, nil, fmt.Errorf("store: edition %s: damaged list of members", key)
		}
		ids = ids[n:]
		p, ok := seen[int64(u)]
		if !ok {
			if p, err = db.wording(ctx, get, int64(u)); err != nil {
				return nil, nil, fmt.Errorf("store: edition %s: %w", key, err)
			}
		}
		now[int64(u)] = p
		out = append(out, p)
	}
	return out, now, nil
}

func (db *DB) wording(ctx context.Context, get *sql.Stmt, id int64) (party.Party, error) {
	var body []byte
	var p party.Party
	err := get.QueryRowContext(ctx, id).Scan(&body)
	if err == nil {
		err = db.unpack(body, &p)
	}
	if err != nil {
		return p, fmt.Errorf("entry %d: %w", id, err)
	}
	return p, nil
}

// Derived implements store.Lists.
func (db *DB) Derived(ctx context.Context, key string, into any) (bool, error) {
	var body []byte
	err := db.read.QueryRowContext(ctx, `SELECT body FROM derived WHERE key = $1`, key).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err == nil {
		err = db.unpack(body, into)
	}
	if err != nil {
		return false, fmt.Errorf("store: derived %s: %w", key, err)
	}
	return true, nil
}

// SaveDerived implements store.Lists.
func (db *DB) SaveDerived(ctx context.Context, key string, value any, known time.Time) error {
	body, err := db.pack(value)
	if err == nil {
		_, err = db.write.ExecContext(ctx, `INSERT INTO derived (key, body, known_from) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, key, body, stamp(known))
	}
	if err != nil {
		return fmt.Errorf("store: derived %s: %w", key, err)
	}
	return nil
}

// Download implements store.Lists.
func (db *DB) Download(ctx context.Context, url string) (store.Download, error) {
	d := store.Download{URL: url}
	err := db.read.QueryRowContext(ctx, `SELECT etag, last_modified, sha256, size FROM downloads WHERE url = $1 ORDER BY known_from DESC LIMIT 1`, url).
		Scan(&d.ETag, &d.LastModified, &d.SHA256, &d.Size)
	if errors.Is(err, sql.ErrNoRows) {
		return d, nil
	}
	if err != nil {
		return d, fmt.Errorf("store: download %s: %w", url, err)
	}
	return d, nil
}

// SaveDownload implements store.Lists.
func (db *DB) SaveDownload(ctx context.Context, d store.Download, known time.Time) error {
	_, err := db.write.ExecContext(ctx, `INSERT INTO downloads (url, etag, last_modified, sha256, size, known_from) VALUES ($1,$2,$3,$4,$5,$6)`,
		d.URL, d.ETag, d.LastModified, d.SHA256, d.Size, stamp(known))
	if err != nil {
		return fmt.Errorf("store: download %s: %w", d.URL, err)
	}
	return nil
}
