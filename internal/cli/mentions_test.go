package cli

import (
	"bufio"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// With --flush a line is answered before the next one is written.
func TestMentionsAnswersLineByLine(t *testing.T) {
	list := filepath.Join(t.TempDir(), "list.json")
	if err := os.WriteFile(list, []byte(`{"id":"x-1","schema":"Person","properties":{"name":["Qasim Velayati"],"nationality":["ir"]}}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	in, feed := io.Pipe()
	answers, out := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- Main(context.Background(), []string{"mentions", "--list", list, "--format", "jsonl", "--flush", "-"}, Streams{In: in, Out: out, Err: io.Discard, Env: []string{"REPORTEDLY_DB=" + filepath.Join(filepath.Dir(list), "r.db")}})
		out.Close()
	}()
	lines := bufio.NewReader(answers)
	for _, id := range []string{"a", "b", "c"} {
		if _, err := io.WriteString(feed, `{"id":"`+id+`","text":"Qasim Velayati landed in Iran."}`+"\n"); err != nil {
			t.Fatal(err)
		}
		got := make(chan string, 1)
		go func() {
			l, _ := lines.ReadString('\n')
			got <- l
		}()
		select {
		case l := <-got:
			if !strings.Contains(l, `"id":"`+id+`"`) || !strings.Contains(l, "Qasim Velayati") {
				t.Fatalf("%s: %s", id, l)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: no answer while the input stays open", id)
		}
	}
	feed.Close()
	if code := <-ended; code != 0 {
		t.Errorf("exit status %d", code)
	}
}
