package cli

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/reportedly/reportedly/internal/audit"
	"github.com/reportedly/reportedly/internal/config"
	"github.com/reportedly/reportedly/internal/store/tables"
)

func (a *app) auditCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Prove or export the log of what was done by whom",
		Long: `The audit log records decisions, exports, sign-ins and changes of users. Every
record holds the hash of the one before, and a Merkle tree over all of them has
a signed head. Keep a head elsewhere now and then (audit verify --json prints
the newest): it is what shows that the end of the log was cut off.`,
	}
	cmd.AddCommand(a.auditVerifyCommand(), a.auditExportCommand())
	return cmd
}

// auditLog opens the log of a store with the key beside it.
func (a *app) auditLog(st *tables.DB) (*audit.Log, audit.Key, error) {
	path := st.Path() + ".audit-key"
	if st.Engine() != "sqlite" { // the store is elsewhere, the key stays with us
		path = config.Default().DB + ".audit-key"
	}
	key, err := audit.OpenKey(path)
	if err != nil {
		return nil, key, err
	}
	return audit.New(st, key.Signer, time.Now), key, nil
}

// logged notes in the log what was done on the command line.
func (a *app) logged(ctx context.Context, st *tables.DB, action string, detail map[string]string) error {
	log, _, err := a.auditLog(st)
	if err != nil {
		return err
	}
	_, err = log.Append(ctx, audit.Entry{Actor: "cli", Action: action, Detail: detail})
	return err
}

func (a *app) auditVerifyCommand() *cobra.Command {
	var heads []string
	var export, public string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Prove that nothing in the log was changed, taken out or cut off",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.runAuditVerify(c.Context(), export, public, heads)
		},
	}
	cmd.Flags().StringSliceVar(&heads, "head", nil, "file with heads that were kept elsewhere")
	cmd.Flags().StringVar(&export, "export", "", "prove this exported log instead of the store's")
	cmd.Flags().StringVar(&public, "key", "", "public key of the installation that exported it")
	return cmd
}

func (a *app) runAuditVerify(ctx context.Context, export, public string, headFiles []string) error {
	var kept [][]byte
	for _, f := range headFiles {
		b, err := os.ReadFile(f)
		if err != nil {
			return fmt.Errorf("audit: head: %w", err)
		}
		kept = append(kept, audit.SplitHeads(b)...)
	}
	p, err := a.proveAudit(ctx, export, public, kept)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(p)
	}
	return a.printf("%d records, each following the one before; %d heads hold (%d signatures checked)\nroot %s\n", p.Records, p.Heads, p.Signed, p.Root)
}

func (a *app) proveAudit(ctx context.Context, export, public string, kept [][]byte) (audit.Proof, error) {
	if export == "" {
		st, err := a.openStore(ctx)
		if err != nil {
			return audit.Proof{}, err
		}
		defer st.Close()
		log, key, err := a.auditLog(st)
		if err != nil {
			return audit.Proof{}, err
		}
		return log.Verify(ctx, key.Verifier, kept...)
	}
	if len(kept) == 0 {
		return audit.Proof{}, usagef("--export needs --head: a log without heads proves only its order")
	}
	f, err := os.Open(export)
	if err != nil {
		return audit.Proof{}, fmt.Errorf("audit: %w", err)
	}
	defer f.Close()
	if public == "" {
		return audit.VerifyExport(f, nil, kept...)
	}
	v, err := audit.Verifier(public)
	if err != nil {
		return audit.Proof{}, usagef("--key: %v", err)
	}
	return audit.VerifyExport(f, v, kept...)
}

func (a *app) auditExportCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the log as JSON lines, with its heads and the public key beside it",
		Args:  cobra.NoArgs,
		RunE:  func(c *cobra.Command, _ []string) error { return a.runAuditExport(c.Context(), out) },
	}
	cmd.Flags().StringVarP(&out, "output", "o", "audit.jsonl", "file to write; FILE.heads and FILE.key are written beside it")
	return cmd
}

func (a *app) runAuditExport(ctx context.Context, out string) (err error) {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	log, key, err := a.auditLog(st)
	if err != nil {
		return err
	}
	if _, err := log.Append(ctx, audit.Entry{Actor: "cli", Action: "export.audit"}); err != nil {
		return err
	}
	var files [2]*os.File
	for i, name := range []string{out, out + ".heads"} {
		if files[i], err = os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
			return fmt.Errorf("audit: export: %w", err)
		}
		defer func() {
			if cerr := files[i].Close(); err == nil {
				err = cerr
			}
		}()
	}
	if err := os.WriteFile(out+".key", []byte(key.Public+"\n"), 0o600); err != nil {
		return fmt.Errorf("audit: export: %w", err)
	}
	n, err := log.Export(ctx, files[0], files[1])
	if err != nil {
		return err
	}
	return a.printf("%d records in %s; heads in %s.heads, public key in %s.key\n", n, out, out, out)
}
