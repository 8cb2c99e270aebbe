package cli

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/reportedly/reportedly/internal/serve/auth"
)

func (a *app) usersCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "users",
		Short: "Users and API tokens of the service, from the machine it runs on",
		Long: `Whoever can read and write the store's file can do this; it is how an
administrator who forgot the password gets in again. All of it is audited.`,
	}
	cmd.AddCommand(a.usersListCommand(), a.usersAddCommand(), a.usersPasswordCommand(), a.usersTokenCommand())
	return cmd
}

// accounts opens the store for one command.
func (a *app) accounts(ctx context.Context, f func(*auth.Service) error) error {
	st, err := a.openStore(ctx)
	if err != nil {
		return err
	}
	defer st.Close()
	log, _, err := a.auditLog(st)
	if err != nil {
		return err
	}
	return f(auth.New(auth.Options{Keep: st, Audit: log}))
}

func (a *app) usersListCommand() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List the users", Args: cobra.NoArgs, RunE: func(c *cobra.Command, _ []string) error {
		return a.accounts(c.Context(), func(s *auth.Service) error {
			us, err := s.Users(c.Context(), auth.Local())
			for _, u := range us {
				state := ""
				if u.Disabled {
					state = "  disabled"
				}
				if err := a.printf("%4d  %-20s %-14s %s%s\n", u.ID, u.Login, u.Role, u.Name, state); err != nil {
					return err
				}
			}
			return err
		})
	}}
}

func (a *app) usersAddCommand() *cobra.Command {
	var role, name string
	cmd := &cobra.Command{Use: "add LOGIN", Short: "Add a user; the password is asked for, or read from the input", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		password, err := a.askPassword()
		if err != nil {
			return err
		}
		return a.accounts(c.Context(), func(s *auth.Service) error {
			u, err := s.AddUser(c.Context(), auth.Local(), args[0], name, auth.Role(role), password)
			if err != nil {
				return err
			}
			return a.printf("user %d: %s, %s\n", u.ID, u.Login, u.Role)
		})
	}}
	cmd.Flags().StringVar(&role, "role", string(auth.Analyst), "reader, analyst, reviewer or administrator")
	cmd.Flags().StringVar(&name, "name", "", "name as shown beside decisions")
	return cmd
}

func (a *app) usersPasswordCommand() *cobra.Command {
	return &cobra.Command{Use: "password LOGIN", Short: "Set a password; all sessions of the user end", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		password, err := a.askPassword()
		if err != nil {
			return err
		}
		return a.accounts(c.Context(), func(s *auth.Service) error {
			u, err := s.Keep.UserByLogin(c.Context(), args[0])
			if err != nil {
				return err
			}
			_, err = s.ChangeUser(c.Context(), auth.Local(), u.ID, auth.UserChange{Password: &password})
			return err
		})
	}}
}

func (a *app) usersTokenCommand() *cobra.Command {
	var label string
	var scopes []string
	var days int
	cmd := &cobra.Command{Use: "token LOGIN", Short: "Make an API token for a user; it is shown this once", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		var ps []auth.Permission
		for _, s := range scopes {
			ps = append(ps, auth.Permission(s))
		}
		return a.accounts(c.Context(), func(s *auth.Service) error {
			key, _, err := s.TokenFor(c.Context(), auth.Local(), args[0], label, ps, time.Duration(days)*24*time.Hour)
			if err != nil {
				return err
			}
			return a.printf("%s\n", key)
		})
	}}
	f := cmd.Flags()
	f.StringVar(&label, "label", "command line", "what the token is for")
	f.StringSliceVar(&scopes, "scope", nil, "limit it to these permissions (docs/api.md); none = all of the user's role")
	f.IntVar(&days, "days", 0, "days until it ends; 0 = never")
	return cmd
}

// askPassword reads a password without showing it, or one line of the input.
func (a *app) askPassword() (string, error) {
	if f, ok := a.In.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(a.Err, "password: ")
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(a.Err)
		return string(b), err
	}
	line, err := bufio.NewReader(a.In).ReadString('\n')
	if line == "" && err != nil {
		return "", usagef("no password in the input")
	}
	return strings.TrimRight(line, "\r\n"), nil
}
