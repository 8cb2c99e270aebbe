// Shows how far a work is, by server-sent events; at its end the page is read
// again, which shows what it achieved.
export function progress() {
  const box = document.querySelector("[data-events]");
  if (!box) return;
  const stream = new EventSource(box.dataset.events);
  stream.addEventListener("progress", (e) => {
    const p = JSON.parse(e.data);
    const bar = box.querySelector("progress");
    if (bar && p.total) {
      bar.max = p.total;
      bar.value = p.done;
    }
    const what = box.querySelector("#what");
    if (what && p.what) what.textContent = p.done + (p.total ? " of " + p.total : "") + " " + p.what;
    if (p.ended) {
      stream.close();
      location.reload();
    }
  });
  // A stream that breaks is asked for again by the browser itself.
}
