// Changes the colours at once; the server remembers them by the same form.
export function theme() {
  for (const form of document.querySelectorAll("form.theme")) {
    form.addEventListener("submit", (e) => {
      const chosen = e.submitter;
      if (!chosen) return;
      e.preventDefault();
      if (chosen.value) document.documentElement.dataset.theme = chosen.value;
      else delete document.documentElement.dataset.theme;
      for (const b of form.querySelectorAll("button")) b.setAttribute("aria-pressed", String(b === chosen));
      const body = new URLSearchParams(new FormData(form));
      body.set("theme", chosen.value);
      fetch(form.action, { method: "POST", body, redirect: "manual" });
    });
  }
}
