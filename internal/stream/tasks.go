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

// ArticleTask asks for a reading of an article of the store.
type ArticleTask struct {
	Article string `json:"article"`
	Text    string `json:"text"`  // names the text, as store.TextVersion does
	Lists   int    `json:"lists"` // number of the version of lists, at least
}

// ID is the same for the same work.
func (t ArticleTask) ID() string {
	return fmt.Sprintf("a-%s-%d", short(t.Article+"\x00"+t.Text), t.Lists)
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
	if err == nil && (t.Article == "" || t.Lists < 0) {
		err = errors.New("message: names no article")
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
