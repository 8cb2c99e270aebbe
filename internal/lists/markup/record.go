package markup

import (
	"fmt"
	"io"
	"strings"
)

// Node is an element with its own text and its children.
type Node struct {
	Name  string
	Attrs []Attr
	text  string // own text, as it stands
	Kids  []*Node
	Line  int // of the start tag; only on the root of a record
	Off   int64
}

// Record collects the element whose start tag Next gave last. On error it
// gives what was collected so far, so that the caller can name the entry.
func (r *Reader) Record() (*Node, error) {
	root := r.node()
	root.Line, root.Off = r.Line(), r.Offset()
	open := []*Node{root}
	for count := 1; ; {
		kind, err := r.Next()
		if err != nil {
			return root, err
		}
		top := open[len(open)-1]
		switch kind {
		case Start:
			if count++; count > maxNodes {
				return root, r.fail("a record of more than %d elements", maxNodes)
			}
			n := r.node()
			top.Kids = append(top.Kids, n)
			open = append(open, n)
		case Text:
			if len(top.Kids) == 0 || !blank(r.text) {
				top.text += string(r.text)
			}
		case End:
			open = open[:len(open)-1]
			if len(top.Kids) > 0 && blankString(top.text) {
				top.text = ""
			}
			if len(open) == 0 {
				return root, nil
			}
		}
	}
}

func (r *Reader) node() *Node {
	n := &Node{Name: r.Name}
	if len(r.Attrs) > 0 {
		n.Attrs = append(n.Attrs, r.Attrs...)
	}
	return n
}

func blank(b []byte) bool {
	for _, c := range b {
		if !space(c) {
			return false
		}
	}
	return true
}

func blankString(s string) bool {
	for i := range len(s) {
		if !space(s[i]) {
			return false
		}
	}
	return true
}

// Skip passes over the element whose start tag Next gave last.
func (r *Reader) Skip() error {
	depth := 1
	for depth > 0 {
		kind, err := r.Next()
		if err != nil {
			return err
		}
		switch kind {
		case Start:
			depth++
		case End:
			depth--
		}
	}
	return nil
}

// Rest reads to the end of the document, so that damage after the last record
// is found too.
func (r *Reader) Rest() error {
	for {
		if _, err := r.Next(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// Path names the open elements, outermost first.
func (r *Reader) Path() string { return "/" + strings.Join(r.stack, "/") }

// Depth is the number of open elements.
func (r *Reader) Depth() int { return len(r.stack) }

// Attr of the start tag that Next gave last.
func (r *Reader) Attr(name string) string { return attr(r.Attrs, name) }

func attr(all []Attr, name string) string {
	for _, a := range all {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Attr gives an attribute, "" where it is absent.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	return attr(n.Attrs, name)
}

// Text is the element's own text with runs of white space made one blank.
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	return Clean(n.text)
}

// Raw is the element's own text as it stands.
func (n *Node) Raw() string {
	if n == nil {
		return ""
	}
	return n.text
}

// Kid is the first child of that name, nil where there is none. All methods
// of a nil Node give nothing, so paths need no checks.
func (n *Node) Kid(name string) *Node {
	if n == nil {
		return nil
	}
	for _, k := range n.Kids {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// All are the children of that name.
func (n *Node) All(name string) []*Node {
	if n == nil {
		return nil
	}
	var out []*Node
	for _, k := range n.Kids {
		if k.Name == name {
			out = append(out, k)
		}
	}
	return out
}

// Get is the cleaned text of the first descendant along a path of names.
func (n *Node) Get(path ...string) string {
	for _, name := range path {
		n = n.Kid(name)
	}
	return n.Text()
}

// Values are the non-empty cleaned texts of the children of that name.
func (n *Node) Values(name string) []string {
	var out []string
	for _, k := range n.All(name) {
		if t := k.Text(); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// Clean makes runs of white space (no-break blanks too) one blank and trims.
func Clean(s string) string {
	if clean(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(u rune) bool {
		return u == ' ' || u == '\n' || u == '\t' || u == '\r' || u == 0xA0 || u == 0x202F || u == 0x2007
	}), " ")
}

// clean is the fast path: most texts have single blanks only.
func clean(s string) bool {
	prev := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 || c < 0x20 || (c == ' ' && prev == ' ') {
			return false
		}
		prev = c
	}
	return s == "" || prev != ' '
}

// Where says where in a document something went wrong.
func Where(err error) (line int, offset int64) {
	if e, ok := err.(*Error); ok {
		return e.Line, e.Offset
	}
	return 0, -1
}

// String gives the outline of a node, for messages and tests.
func (n *Node) String() string {
	return fmt.Sprintf("<%s> with %d children", n.Name, len(n.Kids))
}
