// Quotations and the words they stand on light up together, by pointer and by
// keyboard; the text scrolls to them within its own frame.
const still = matchMedia("(prefers-reduced-motion: reduce)");

function numbers(el) {
  return (el.dataset.n || "").split(" ").filter(Boolean);
}

function light(root, ns, on) {
  for (const el of root.querySelectorAll("[data-n]")) {
    if (numbers(el).some((n) => ns.includes(n))) el.classList.toggle("is-lit", on);
  }
}

function reveal(root, n) {
  const mark = [...root.querySelectorAll(".text mark[data-n]")].find((m) => numbers(m).includes(n));
  if (!mark) return;
  const fold = mark.closest("details");
  if (fold) fold.open = true;
  const frame = mark.closest(".reader");
  if (!frame || frame.scrollHeight <= frame.clientHeight) return;
  const at = mark.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop;
  frame.scrollTo({ top: at - frame.clientHeight / 3, behavior: still.matches ? "auto" : "smooth" });
}

export function links(root) {
  for (const el of root.querySelectorAll("[data-n]")) {
    const on = () => light(root, numbers(el), true);
    const off = () => light(root, numbers(el), false);
    el.addEventListener("pointerenter", on);
    el.addEventListener("pointerleave", off);
    el.addEventListener("focusin", on);
    el.addEventListener("focusout", off);
    if (el.classList.contains("evid")) {
      el.addEventListener("pointerenter", () => reveal(root, numbers(el)[0]));
      el.addEventListener("focusin", () => reveal(root, numbers(el)[0]));
    }
  }
  // A link into a folded text opens it.
  const open = () => {
    const to = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = to && to.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      to.scrollIntoView();
    }
  };
  if (root === document) {
    addEventListener("hashchange", open);
    open();
  }
}
