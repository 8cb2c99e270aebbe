// Keys for people who review many cases. None works while something is typed.
const places = { i: "/", s: "/screen", l: "/lists", o: "/sources", f: "/search" };

export function keys() {
  let waiting = false;
  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, select, textarea, [contenteditable]")) return;
    if (waiting) {
      waiting = false;
      if (places[e.key]) location.href = places[e.key];
      return;
    }
    switch (e.key) {
      case "/":
        e.preventDefault();
        document.getElementById("find")?.focus();
        break;
      case "g":
        waiting = true;
        setTimeout(() => (waiting = false), 1500);
        break;
      case "?":
        location.href = "/help";
        break;
      case "j":
      case "k":
        step(e.key === "j" ? 1 : -1);
        break;
    }
  });
}

function step(by) {
  const all = [...document.querySelectorAll("tr.hit a.cover, .evid a.n")];
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement);
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
