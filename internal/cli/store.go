package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/store/tables"
)

func (a *app) storeCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "store", Short: "Look after the store itself"}
	cmd.AddCommand(&cobra.Command{
		Use:   "copy FROM TO",
		Short: "Copy everything from one store into an empty one, file or PostgreSQL, and verify it",
		Long: `Copies every row from one store into another, in one transaction, and reads it
back: each table must hold the same rows, by count and by hash, or nothing of
the copy is kept. A store is a file or an address such as
postgres://user@host/name. The source stays as it is.`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error { return a.storeCopy(c.Context(), args[0], args[1]) },
	})
	return cmd
}

// copyResult is what `store copy --json` prints.
type copyResult struct {
	Tables []tables.Copied `json:"tables"`
	Rows   int64           `json:"rows"`
}

func (a *app) storeCopy(ctx context.Context, from, to string) error {
	if from == to {
		return usagef("%s is both where from and where to", from)
	}
	src, err := openDB(ctx, from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := openDB(ctx, to)
	if err != nil {
		return err
	}
	defer dst.Close()
	var r copyResult
	err = tables.Copy(ctx, src, dst, func(c tables.Copied) {
		r.Tables = append(r.Tables, c)
		r.Rows += c.Rows
		if !a.quiet {
			fmt.Fprintf(a.Err, "%-24s %9d rows %.12s\n", c.Table, c.Rows, c.Hash)
		}
	})
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(r)
	}
	return a.printf("copied and read back: %d tables, %d rows\n", len(r.Tables), r.Rows)
}
