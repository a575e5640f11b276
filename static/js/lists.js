// Lists and search answer while they are used: htmx asks for the same page that a form would get
// and takes its parts; these lines see to what the reader would notice.
const on = (name, act) => document.addEventListener(name, act);

// What the script does by itself needs no button.
if (window.htmx) document.documentElement.classList.add("quick");

// Fields left blank add nothing to the address.
on("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData]) if (!value) detail.formData.delete(name);
});

// What is shown already is not asked for again.
on("htmx:beforeRequest", (event) => {
  const here = location.pathname + location.search;
  if (event.detail.pathInfo.finalRequestPath === here) event.preventDefault();
});

// Whatever goes wrong, the address itself is opened, unless the reader is leaving the page by then.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  on(failure, ({ detail }) => {
    setTimeout(() => location.assign(detail.pathInfo.finalRequestPath), 300);
  });
}

// What the reader has opened stays open, and the facet in use stays as it is: its counts are those
// under all the other filters.
on("htmx:oobBeforeSwap", ({ detail }) => {
  for (const fresh of detail.fragment.querySelectorAll("details")) {
    const shown = document.getElementById(fresh.id);
    if (shown) fresh.open = shown.open;
  }
  const isFacet = detail.target.classList.contains("group");
  if (isFacet && detail.target.contains(document.activeElement)) detail.shouldSwap = false;
});

// A filter that was taken away leaves the focus with the next one.
on("htmx:afterSettle", ({ detail }) => {
  if (!detail.boosted || document.activeElement !== document.body) return;
  const next = document.querySelector(".chips a") || document.getElementById("found");
  next.focus({ preventScroll: true });
});

// The other languages show the same list.
on("htmx:pushedIntoHistory", () => {
  for (const tongue of document.querySelectorAll("header a[hreflang]")) {
    tongue.search = location.search;
  }
});
