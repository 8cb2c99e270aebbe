package sqlite

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
			e.Key(), e.List, e.Publisher, e.Stated.String(), e.AsOf.String(), e.SHA256, e.File, e.Format, len(parties), e.Partial, members, notes, stamp(known))
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
	put, err := tx.PrepareContext(ctx, `INSERT INTO party_versions (party, hash, body) VALUES ($1,$2,$3)`)
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
			res, err := put.ExecContext(ctx, p.ID, hash, db.enc.EncodeAll(j, nil))
			if err != nil {
				return nil, fmt.Errorf("entry %s: %w", p.ID, err)
			}
			if id, err = res.LastInsertId(); err != nil {
				return nil, err
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
	rows, err := db.read.QueryContext(ctx, `SELECT list, publisher, stated, as_of, sha256, file, format, entries, partial FROM editions
		WHERE ($1 = '' OR list = $1) AND known_from <= $2 ORDER BY list, as_of, key`, list, knownAt(known))
	if err != nil {
		return nil, fmt.Errorf("store: editions: %w", err)
	}
	defer rows.Close()
	var out []party.Edition
	for rows.Next() {
		var e party.Edition
		var stated, asOf string
		if err := rows.Scan(&e.List, &e.Publisher, &stated, &asOf, &e.SHA256, &e.File, &e.Format, &e.Entries, &e.Partial); err != nil {
			return nil, fmt.Errorf("store: editions: %w", err)
		}
		e.Stated, _ = calendar.Parse(stated)
		e.AsOf, _ = calendar.Parse(asOf)
		out = append(out, e)
	}
	return out, rows.Err()
}

// Parties implements store.Lists.
func (db *DB) Parties(ctx context.Context, key string) ([]party.Party, error) {
	var members []byte
	if err := db.read.QueryRowContext(ctx, `SELECT members FROM editions WHERE key = $1`, key).Scan(&members); err != nil {
		return nil, fmt.Errorf("store: edition %s: %w", key, notFound(err))
	}
	ids, err := db.dec.DecodeAll(members, nil)
	if err != nil {
		return nil, fmt.Errorf("store: edition %s: %w", key, err)
	}
	get, err := db.read.PrepareContext(ctx, `SELECT body FROM party_versions WHERE id = $1`)
	if err != nil {
		return nil, err
	}
	defer get.Close()
	var out []party.Party
	for len(ids) > 0 {
		id, n := binary.Uvarint(ids)
		if n <= 0 {
			return nil, fmt.Errorf("store: edition %s: damaged list of members", key)
		}
		ids = ids[n:]
		var body []byte
		if err := get.QueryRowContext(ctx, int64(id)).Scan(&body); err != nil {
			return nil, fmt.Errorf("store: edition %s: entry %d: %w", key, id, err)
		}
		var p party.Party
		if err := db.unpack(body, &p); err != nil {
			return nil, fmt.Errorf("store: edition %s: entry %d: %w", key, id, err)
		}
		out = append(out, p)
	}
	return out, nil
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
