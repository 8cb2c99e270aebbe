package lists

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/calendar"
	"github.com/reportedly/reportedly/internal/lists/snapshot"
	"github.com/reportedly/reportedly/internal/lists/table"
	"github.com/reportedly/reportedly/internal/party"
	"github.com/reportedly/reportedly/internal/story"
)

// Options of Open.
type Options struct {
	// AsOf is the day that the files are taken to show, over what they state.
	AsOf calendar.Date
	// List overrides the code of the list, for formats that many lists share.
	List string
	// Partial marks every edition as holding only a part of its list.
	Partial bool
	// Mappings describe tables of the user's own; they are asked before the
	// known formats.
	Mappings []*table.Mapping
	// Limits guard against bombs; the zero value means snapshot.DefaultLimits.
	Limits snapshot.Limits
}

// Snapshot is one edition of one list, ready to be read.
type Snapshot struct {
	Format Format
	files  []*snapshot.File
	opts   Options
	ctx    context.Context

	edition  party.Edition
	findings []story.Finding
}

// Loaded is a snapshot that was read to its end.
type Loaded struct {
	Edition  party.Edition
	Parties  []party.Party
	Findings []story.Finding
}

// Open gives the snapshots that stand in the inputs, one after another. An
// error belongs to one input (a *snapshot.Refusal that names it) and does not
// end the walk. A snapshot must be read before the next step, because members
// of an archive are gone then.
func Open(ctx context.Context, inputs []snapshot.Input, opts Options) iter.Seq2[*Snapshot, error] {
	if opts.Limits == (snapshot.Limits{}) {
		opts.Limits = snapshot.DefaultLimits()
	}
	return func(yield func(*Snapshot, error) bool) {
		sets, archives := groups{}, members{}
		for f, err := range snapshot.Files(ctx, inputs, opts.Limits) {
			if err != nil {
				if !yield(nil, err) || ctx.Err() != nil {
					return
				}
				continue
			}
			format, ok := opts.mapped(f.Head)
			if !ok && sets.take(f) {
				archives.list(f)
				continue
			}
			if !ok {
				format, ok = recognise(f.Head)
			}
			if !ok {
				if !archives.other(f) && !yield(nil, unknown(f)) {
					return
				}
				continue
			}
			archives.list(f)
			if !yield(&Snapshot{Format: format, files: []*snapshot.File{f}, opts: opts, ctx: ctx}, nil) {
				return
			}
		}
		for _, err := range archives.empty() {
			if !yield(nil, err) {
				return
			}
		}
		sets.each(func(format Format, files []*snapshot.File, err error) bool {
			if err != nil {
				return yield(nil, err)
			}
			return yield(&Snapshot{Format: format, files: files, opts: opts, ctx: ctx}, nil)
		})
	}
}

func (o Options) mapped(head []byte) (Format, bool) {
	for _, m := range o.Mappings {
		if m.Recognise(head) {
			return Format{Name: m.Name, Title: m.Title, Recognise: m.Recognise, Parse: m.Parse}, true
		}
	}
	return Format{}, false
}

// OpenPaths is Open for files on disk.
func OpenPaths(ctx context.Context, paths []string, opts Options) iter.Seq2[*Snapshot, error] {
	var inputs []snapshot.Input
	for _, p := range paths {
		inputs = append(inputs, snapshot.Path(p))
	}
	return Open(ctx, inputs, opts)
}

// members counts the lists of each archive: an index or a read-me beside lists
// is passed over, an archive without any list is refused.
type members map[string]int

func archive(f *snapshot.File) (string, bool) {
	name, _, ok := strings.Cut(f.Name, "!")
	return name, ok
}

func (m members) list(f *snapshot.File) {
	if name, ok := archive(f); ok {
		m[name]++
	}
}

func (m members) other(f *snapshot.File) bool {
	name, ok := archive(f)
	if ok {
		m[name] += 0
	}
	return ok
}

func (m members) empty() []error {
	var out []error
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if m[name] == 0 {
			out = append(out, snapshot.Refuse(name, 0, -1, "", errors.New("unknown list format: no member of the archive is a known list")))
		}
	}
	return out
}

// unknown refuses a file of no known format and says what it seems to be.
func unknown(f *snapshot.File) error {
	head := bytes.TrimSpace(f.Head)
	seems := "neither XML nor JSON nor CSV of a known list"
	switch {
	case bytes.HasPrefix(head, []byte("<")):
		seems = "XML of no known list"
	case bytes.HasPrefix(head, []byte("{")), bytes.HasPrefix(head, []byte("[")):
		seems = "JSON of no known list"
	}
	return snapshot.Refuse(f.Name, 0, -1, "", fmt.Errorf("unknown list format: %s (see docs/lists.md for what can be read)", seems))
}

// errStop ends a parser whose consumer wants no more.
var errStop = errors.New("stop")

// Parties streams the entries in file order. An error means that the snapshot
// is refused whole: what came before it must not be kept.
func (s *Snapshot) Parties() iter.Seq2[party.Party, error] {
	return func(yield func(party.Party, error) bool) {
		s.edition, s.findings = party.Edition{}, nil
		out := &snapshot.Out{Edition: &s.edition, Finding: s.find}
		list := ""
		out.Party = func(p party.Party) error {
			if err := s.ctx.Err(); err != nil {
				return err
			}
			if s.opts.List != "" {
				list = s.edition.List
				rename(&p, list, s.opts.List)
			}
			if !yield(p, nil) {
				return errStop
			}
			return nil
		}
		err := s.Format.Parse(s.files, out)
		if s.opts.List != "" {
			s.edition.List = s.opts.List
		}
		s.date()
		if err == nil && s.edition.Entries == 0 && !s.edition.Partial {
			err = snapshot.Refuse(s.files[0].Name, 0, -1, "", errors.New("the list holds no entries"))
		}
		if err != nil && !errors.Is(err, errStop) {
			yield(party.Party{}, err)
		}
	}
}

// maxFindings keeps a hostile or strange file from filling the memory with
// remarks about itself.
const maxFindings = 1000

func (s *Snapshot) find(f story.Finding) {
	if len(s.findings) < maxFindings {
		s.findings = append(s.findings, f)
	}
}

// rename gives IDs and designations another list's code.
func rename(p *party.Party, from, to string) {
	change := func(id string) string {
		if rest, ok := strings.CutPrefix(id, from+":"); ok {
			return to + ":" + rest
		}
		return id
	}
	p.ID = change(p.ID)
	for i := range p.Relations {
		p.Relations[i].Target = change(p.Relations[i].Target)
	}
	for i := range p.Designations {
		if p.Designations[i].List == from {
			p.Designations[i].List = to
		}
	}
}

var dayInName = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)\d\d-\d\d(?:-\d\d)?)(?:[^0-9]|$)`)

// date settles the day that the edition shows: what the user says, what the
// file states, a date in the file's or its folder's name, in that order.
func (s *Snapshot) date() {
	e := &s.edition
	e.Partial = e.Partial || s.opts.Partial
	switch {
	case !s.opts.AsOf.IsZero():
		e.AsOf = s.opts.AsOf
	case !e.Stated.IsZero():
		e.AsOf = e.Stated
	default:
		e.AsOf = NameDate(e.File)
		if !e.AsOf.IsZero() {
			s.find(story.Finding{Severity: story.Note, File: e.File, Offset: -1, Text: "the file states no date; " + e.AsOf.String() + " is taken from its name"})
		}
	}
}

// NameDate finds an ISO date or month in the name of a file or of one of the
// two folders above it.
func NameDate(name string) calendar.Date {
	name = filepath.ToSlash(name)
	for range 3 {
		part := path.Base(name)
		name = path.Dir(name)
		if m := dayInName.FindStringSubmatch(part); m != nil {
			if d, err := calendar.Parse(m[1]); err == nil {
				return d
			}
		}
	}
	return calendar.Date{}
}

// Edition is complete once Parties was read to its end.
func (s *Snapshot) Edition() party.Edition { return s.edition }

// Findings are complete once Parties was read to its end.
func (s *Snapshot) Findings() []story.Finding { return s.findings }

// Files names what the snapshot is read from.
func (s *Snapshot) Files() []*snapshot.File { return s.files }

// Load reads the snapshot to its end.
func (s *Snapshot) Load() (Loaded, error) {
	var out Loaded
	for p, err := range s.Parties() {
		if err != nil {
			return Loaded{Edition: s.edition, Findings: s.findings}, err
		}
		out.Parties = append(out.Parties, p)
	}
	out.Edition, out.Findings = s.edition, s.findings
	return out, nil
}

// Load reads every snapshot that stands in the files. Refused ones are given
// as findings of severity Refused; err is only the context's.
func Load(ctx context.Context, inputs []snapshot.Input, opts Options) ([]Loaded, []story.Finding, error) {
	var loaded []Loaded
	var refused []story.Finding
	for s, err := range Open(ctx, inputs, opts) {
		if err == nil {
			var l Loaded
			if l, err = s.Load(); err == nil {
				loaded = append(loaded, l)
				continue
			}
		}
		var r *snapshot.Refusal
		if !errors.As(err, &r) {
			if ctx.Err() != nil {
				return loaded, refused, ctx.Err()
			}
			return loaded, refused, err
		}
		refused = append(refused, r.Finding)
	}
	return loaded, refused, nil
}
