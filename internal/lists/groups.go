package lists

import (
	"errors"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reportedly/reportedly/internal/lists/snapshot"
)

// groups collects the files of sets by folder. Names files of a tar are not
// collected: archives of versions hold hundreds, and each is a snapshot.
type groups map[string]*group

type group struct {
	format Format
	heads  []*snapshot.File
	others []*snapshot.File
}

// take keeps a file that is part of a set and reports whether it did.
func (g groups) take(f *snapshot.File) bool {
	for _, format := range formats {
		if format.Belongs == nil {
			continue
		}
		head := format.Recognise(f.Head)
		if head && strings.Contains(f.Name, "!") && !strings.Contains(strings.ToLower(f.Name), ".zip!") {
			return false
		}
		if !head && (!format.Belongs(f.Head) || claimed(f.Head)) {
			continue
		}
		key := format.Name + " " + folder(f.Name) + " " + family(f.Name)
		if g[key] == nil {
			g[key] = &group{format: format}
		}
		if head {
			g[key].heads = append(g[key].heads, f)
		} else {
			g[key].others = append(g[key].others, f)
		}
		return true
	}
	return false
}

// claimed reports whether a single-file format knows the head.
func claimed(head []byte) bool {
	_, ok := recognise(head)
	return ok
}

func folder(name string) string { return path.Dir(filepath.ToSlash(name)) }

// family parts the SDN and the non-SDN set when both lie in one folder under
// their published names; the content of alternates does not tell them apart.
func family(name string) string {
	if strings.HasPrefix(strings.ToLower(path.Base(filepath.ToSlash(name))), "cons_") {
		return "cons"
	}
	return ""
}

// each gives the sets. Several names files in one folder are versions without
// sets of their own, unless there is only one to which the others belong.
func (g groups) each(give func(Format, []*snapshot.File, error) bool) {
	for _, key := range slices.Sorted(maps.Keys(g)) {
		set := g[key]
		if len(set.heads) == 0 {
			for _, f := range set.others {
				if !give(Format{}, nil, snapshot.Refuse(f.Name, 0, -1, "", errors.New("part of a set whose file of names is not given"))) {
					return
				}
			}
			continue
		}
		if len(set.heads) == 1 {
			if !give(set.format, append(set.heads, set.others...), nil) {
				return
			}
			continue
		}
		for _, f := range set.heads {
			if !give(set.format, []*snapshot.File{f}, nil) {
				return
			}
		}
		for _, f := range set.others {
			if !give(Format{}, nil, snapshot.Refuse(f.Name, 0, -1, "", errors.New("several files of names lie beside this one: which of them it belongs to cannot be told"))) {
				return
			}
		}
	}
}
