// Package network is the arithmetic of the tagger and parser: a small
// recurrent network over the tokens of a sentence, from embedding rows to
// scores of tags, heads and relations.
//
//  1. Each token's vector is its word's row beside the sum of the rows of its
//     prefixes, suffixes and shape. A root vector opens the sentence.
//  2. Two layers of long short-term memory read the vectors in both
//     directions; the input gate is what the forget gate leaves (coupled
//     gates, Greff et al. 2017), which saves a quarter of the work.
//  3. Tags are linear in the first layer's output.
//  4. From the second layer's output, score(dependent, head) is biaffine in
//     two reduced vectors (Dozat and Manning 2017); the relation of the chosen
//     arc is scored by one hidden layer over both ends.
//
// For reading, states and weights are whole numbers of 7 and 8 bits
// (Quantised), which are faster and exact; what the first layer makes of a
// form is kept, since it depends on the form alone.
//
// All sums of floats run in one fixed order, in assembly and in plain Go alike and
// without fused multiply-add, so that every machine gives the same tree.
// It knows nothing of words or tags: package syntax does.
package network
