package tables

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrNoBackup is returned by engines that have tools of their own for it.
var ErrNoBackup = errors.New("this engine is backed up by its own tools (pg_dump, pg_basebackup)")

// Backup writes a whole copy of the store as it stands at one moment into a
// new file, while others read and write. The file is there whole or not at all.
func (db *DB) Backup(ctx context.Context, path string) error {
	if db.engine.Name != "sqlite" {
		return fmt.Errorf("store: backup: %w", ErrNoBackup)
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), ".backup-*") // VACUUM INTO wants a name that is free; the folder is for the owner only
	if err != nil {
		return fmt.Errorf("store: backup: %w", err)
	}
	defer os.RemoveAll(dir)
	tmp := filepath.Join(dir, "copy")
	if _, err := db.read.ExecContext(ctx, `VACUUM INTO $1`, tmp); err != nil {
		return fmt.Errorf("store: backup: %w", err)
	}
	if err := os.Chmod(tmp, 0o600); err != nil {
		return fmt.Errorf("store: backup: %w", err)
	}
	if err := os.Rename(tmp, path); err != nil {
		return fmt.Errorf("store: backup: %w", err)
	}
	return nil
}

// Sound asks the engine whether its file is whole.
func (db *DB) Sound(ctx context.Context) error {
	if db.engine.Name != "sqlite" {
		return nil
	}
	var said string
	if err := db.read.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&said); err != nil {
		return fmt.Errorf("store: check: %w", err)
	}
	if said != "ok" {
		return fmt.Errorf("store: check: %s", said)
	}
	return nil
}
