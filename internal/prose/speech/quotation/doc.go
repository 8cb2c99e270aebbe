// Package quotation pairs quotation marks.
//
// It takes a document and gives its outermost quotations, the marks included.
// Marks are paired by what stands beside them, since news text swaps and loses
// them; one left open ends with its paragraph. Who speaks is not its matter.
package quotation
