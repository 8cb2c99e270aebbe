package syntax

import (
	"slices"
	"testing"
)

// judge counts the faults of a tree as settle sees them.
func judge(t Tree) (int, []int) {
	p := &Parser{model: &Model{}}
	var heads, rels []int
	for _, w := range t.Words {
		k := slices.Index(p.model.Rels, w.Deprel)
		if k < 0 {
			k = len(p.model.Rels)
			p.model.Rels = append(p.model.Rels, w.Deprel)
			p.roles = append(p.roles, roleOf(w.Deprel))
		}
		heads, rels = append(heads, w.Head), append(rels, k)
	}
	var blamed []int
	n := p.faults(heads, rels, &blamed)
	return n, blamed
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		t    Tree
		want int
	}{
		{"sound passive", shipped, 0},
		{"sound complement", denied, 0},
		{"two subjects", tree("Varga/NNP/6/nsubj flew/VBD/6/ccomp home/RB/2/advmod ,/,/2/punct officials/NNS/6/nsubj said/VBD/0/root"), 1},
		{"subject of an auxiliary", tree("Varga/NNP/2/nsubj has/VBZ/3/aux left/VBN/0/root"), 1},
		{"auxiliary beyond a clause", tree("Varga/NNP/3/nsubj has/VBZ/6/aux left/VBN/6/ccomp ,/,/3/punct officials/NNS/6/nsubj said/VBD/0/root"), 1},
		{"outer subject", tree("Sale/NN/5/nsubj:outer is/VBZ/5/cop who/WP/5/nsubj is/VBZ/5/aux gone/VBN/0/root"), 0},
	} {
		if n, blamed := judge(c.t); n != c.want {
			t.Errorf("%s: %d faults %v, want %d", c.name, n, blamed, c.want)
		}
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		text string
		want []int // heads from 1
	}{
		{"“/./0/punct We/PRP/3/nsubj left/VBD/7/ccomp ,/,/7/punct ”/./7/punct he/PRP/7/nsubj said/VBD/0/root ././3/punct", []int{3, 3, 7, 3, 3, 7, 0, 7}},
		{"The/DT/2/det firm/NN/7/nsubj (/./7/punct Okoro/NNP/2/appos )/./7/punct has/VBZ/7/aux gone/VBN/0/root ././2/punct", []int{2, 7, 4, 2, 4, 7, 0, 7}},
		{"Ships/NNS/0/root ,/,/1/punct which/WDT/4/nsubj left/VBD/1/acl:relcl ,/,/1/punct", []int{0, 4, 4, 1, 1}},
	} {
		tr := tree(c.text)
		if tr.Words[0].Deprel == "punct" {
			tr.Words[0].Head = len(tr.Words) - 2
		}
		(&workspace{}).hangMarks(tr.Words)
		for i, w := range tr.Words {
			if w.Head+1 != c.want[i] {
				t.Errorf("%s: word %d %q hangs on %d, want %d", c.text, i+1, w.Form, w.Head+1, c.want[i])
			}
		}
	}
}

func TestUncross(t *testing.T) {
	crossed := tree("Varga/NNP/7/nsubj flew/VBD/7/ccomp home/RB/2/advmod ,/,/2/punct Fjord/NNP/6/compound News/NNP/2/nsubj reported/VBD/0/root")
	p := &Parser{model: &Model{}}
	var heads, rels []int
	for i, w := range crossed.Words {
		p.roles = append(p.roles, roleOf(w.Deprel))
		heads, rels = append(heads, w.Head), append(rels, i)
	}
	p.uncross(heads, rels)
	if heads[0] != 1 || heads[5] != 6 {
		t.Errorf("heads %v: each verb should have its own subject", heads)
	}
}
