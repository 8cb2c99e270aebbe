// Filters and comparisons answer in place: the page is fetched as it is, and
// its content put in the place of the old one.
let shown = location.pathname + location.search;

export function partial(again) {
  for (const form of document.querySelectorAll("form.filters")) {
    form.addEventListener("submit", async (e) => {
      const to = new URL(form.action);
      to.search = new URLSearchParams(new FormData(form)).toString();
      e.preventDefault();
      try {
        const answer = await fetch(to, { headers: { Accept: "text/html" } });
        if (!answer.ok) throw new Error(answer.statusText);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const main = page.getElementById("main");
        const focused = document.activeElement?.id;
        document.getElementById("main").replaceWith(main);
        document.title = page.title;
        history.pushState({}, "", to);
        shown = location.pathname + location.search;
        partial(again);
        again(main);
        if (focused) document.getElementById(focused)?.focus();
        announce(main);
      } catch {
        location.href = to; // as it would be without a script
      }
    });
  }
}

// Back and forward between answers read the page again; a link within the page
// changes only what stands after the #.
addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) location.reload();
});

// announce tells screen readers how many there are now.
function announce(main) {
  const said = main.querySelector("caption, #h-hits, .empty h2");
  if (!said) return;
  let box = document.getElementById("said");
  if (!box) {
    box = document.createElement("p");
    box.id = "said";
    box.className = "vh";
    box.setAttribute("role", "status");
    document.body.append(box);
  }
  box.textContent = said.textContent;
}
