// Says how far an import has come, and shows its page anew once that is done.

const bar = document.getElementById("progress");
const words = document.getElementById("progress-words");
const EVERY = 1500;

async function look() {
  try {
    const answer = await fetch(bar.dataset.address, { headers: { Accept: "application/json" } });
    // While the rows are entered, SQLite lets nobody else write, so an answer may fail for a while.
    if (answer.status >= 500) {
      setTimeout(look, EVERY * 4);
      return;
    }
    if (!answer.ok || answer.redirected) {
      window.location.reload();
      return;
    }
    const told = await answer.json();
    if (!told.working) {
      window.location.reload();
      return;
    }
    if (told.of) {
      bar.max = told.of;
      bar.value = told.done;
      words.textContent = `${told.done.toLocaleString()} / ${told.of.toLocaleString()}`;
    }
  } catch {
    // The network may be away for a while; it is asked again.
  }
  setTimeout(look, EVERY);
}

if (bar) setTimeout(look, EVERY);
