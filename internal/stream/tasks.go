package stream

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ArticleTask asks for readings of some articles of the store.
type ArticleTask struct {
	Articles []Named `json:"articles"`
	Lists    int     `json:"lists"` // number of the version of lists, at least
}

// Named is an article with the name of its text (store.TextVersion).
type Named struct {
	ID   string `json:"id"`
	Text string `json:"text,omitempty"`
}

// bundle is how many articles one task names at most: what a message, its
// acknowledgement and a transaction cost is shared by so many.
const bundle = 16

// ID is the same for the same work.
func (t ArticleTask) ID() string {
	var b strings.Builder
	for _, a := range t.Articles {
		fmt.Fprintf(&b, "%s\x00%s\x00", a.ID, a.Text)
	}
	return fmt.Sprintf("a-%s-%d", short(b.String()), t.Lists)
}

func (t ArticleTask) ids() []string {
	out := make([]string, len(t.Articles))
	for i, a := range t.Articles {
		out[i] = a.ID
	}
	return out
}

// CaseTask wakes the builder of a partition; what is due stands in the store.
type CaseTask struct {
	Partition int `json:"partition"`
}

// maxTask bounds a message; every one that is ours is far smaller.
const maxTask = 64 << 10

// decodeTask reads a message strictly: one that is not ours is set aside.
func decodeTask(data []byte, into any) error {
	if len(data) > maxTask {
		return fmt.Errorf("a message of %d bytes is none of ours", len(data))
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("message: %w", err)
	}
	if d.More() {
		return errors.New("message: something follows it")
	}
	return nil
}

func decodeArticle(data []byte) (ArticleTask, error) {
	var t ArticleTask
	err := decodeTask(data, &t)
	if err == nil && (len(t.Articles) == 0 || len(t.Articles) > bundle || t.Lists < 0) {
		err = fmt.Errorf("message: names %d articles", len(t.Articles))
	}
	for _, a := range t.Articles {
		if err == nil && a.ID == "" {
			err = errors.New("message: an article without an id")
		}
	}
	return t, err
}

func decodeCases(data []byte, partitions int) (CaseTask, error) {
	t := CaseTask{Partition: -1}
	err := decodeTask(data, &t)
	if err == nil && (t.Partition < 0 || t.Partition >= partitions) {
		err = fmt.Errorf("message: there is no partition %d of %d", t.Partition, partitions)
	}
	return t, err
}

func short(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:12])
}

// names of streams and subjects of one installation.
type names struct{ prefix string }

func (n names) stream(kind string) string {
	return strings.ToUpper(n.prefix) + "_" + strings.ToUpper(kind)
}
func (n names) bucket(kind string) string  { return n.prefix + "_" + kind }
func (n names) articles() string           { return n.prefix + ".articles" }
func (n names) archives() string           { return n.prefix + ".archives" }
func (n names) cases(partition int) string { return fmt.Sprintf("%s.cases.%d", n.prefix, partition) }
func (n names) lists() string              { return n.prefix + ".lists" }
func (n names) aside(kind, id string) string {
	return fmt.Sprintf("%s.aside.%s.%s", n.prefix, kind, short(id))
}

func builderName(partition int) string { return fmt.Sprintf("builder-%d", partition) }
