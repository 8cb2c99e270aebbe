package tables

import (
	"context"
	"fmt"
	"time"
)

// SaveHabit implements store.Habits.
func (db *DB) SaveHabit(ctx context.Context, who, key, value string, now time.Time) error {
	_, err := db.write.ExecContext(ctx, `INSERT INTO habits (who, key, value, known_from) VALUES ($1,$2,$3,$4)
		ON CONFLICT (who, key) DO UPDATE SET value = excluded.value, known_from = excluded.known_from`, who, key, value, stamp(now))
	if err != nil {
		return fmt.Errorf("store: habit %s: %w", key, err)
	}
	return nil
}

// Habits implements store.Habits.
func (db *DB) Habits(ctx context.Context, who string) (map[string]string, error) {
	rows, err := db.read.QueryContext(ctx, `SELECT key, value FROM habits WHERE who = $1 AND value <> ''`, who)
	if err != nil {
		return nil, fmt.Errorf("store: habits: %w", err)
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var k, v string
		if err := rows.Scan(&k, &v); err != nil {
			return nil, fmt.Errorf("store: habits: %w", err)
		}
		out[k] = v
	}
	return out, rows.Err()
}
