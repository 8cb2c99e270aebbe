package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/store/sqlite"
)

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the store while it is in use, and prove the copy",
		Long: `Writes a whole copy of the store as it stands at one moment, while the service
runs. The copy is checked and its audit log proved. The key that signs heads
of the audit log is copied beside it as FILE.audit-key.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.runBackup(c.Context(), args[0]) },
	}
}

func (a *app) runBackup(ctx context.Context, path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return usagef("%s is there already; a backup never overwrites", path)
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := a.logged(ctx, st, "store.backup", nil); err != nil {
		return err
	}
	if err := st.Backup(ctx, path); err != nil {
		return err
	}
	if err := copyFile(st.Path()+".audit-key", path+".audit-key"); err != nil {
		return err
	}
	n, err := proveCopy(ctx, path)
	if err != nil {
		return fmt.Errorf("the copy is not good: %w", err)
	}
	return a.printf("%s: the copy is whole, %d audit records hold\n", path, n)
}

// proveCopy opens a copy and proves file and audit log.
func proveCopy(ctx context.Context, path string) (records int64, err error) {
	if _, err := os.Stat(path); err != nil {
		return 0, fmt.Errorf("backup: %w", err)
	}
	st, err := sqlite.Open(ctx, path)
	if err != nil {
		return 0, err
	}
	defer st.Close()
	if err := st.Sound(ctx); err != nil {
		return 0, err
	}
	p, err := audit.New(st, nil, time.Now).Verify(ctx, nil)
	return p.Records, err
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	_, err = io.Copy(out, in)
	if err == nil {
		err = out.Sync()
	}
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	return err
}

func (a *app) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the store; what stood there is set aside",
		Args:  cobra.ExactArgs(1),
		RunE:  func(c *cobra.Command, args []string) error { return a.runRestore(c.Context(), args[0]) },
	}
}

func (a *app) runRestore(ctx context.Context, from string) error {
	to := a.cfg.DB
	n, err := proveCopy(ctx, from)
	if err != nil {
		return fmt.Errorf("the backup is not good, nothing was changed: %w", err)
	}
	aside := to + ".before-" + time.Now().UTC().Format("20060102T150405.000Z")
	for _, part := range []string{"", "-wal", "-shm", ".audit-key"} {
		if err := os.Rename(to+part, aside+part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("restore: %w", err)
		}
	}
	if err := copyFile(from, to); err != nil {
		return fmt.Errorf("restore: %w; what stood there is %s", err, aside)
	}
	if err := copyFile(from+".audit-key", to+".audit-key"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("restore: %w", err)
	}
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := a.logged(ctx, st, "store.restored", nil); err != nil {
		return err
	}
	return a.printf("%s: restored, %d audit records hold; what stood there is %s\n", to, n, aside)
}
