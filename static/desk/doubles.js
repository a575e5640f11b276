// While a name is typed, the form asks which other records have nearly the same one, and shows them.
// Without this script they are named once the record is saved.
{
  const NAMES = "[id^='id_title_'][type='text'], #names-group [id$='-text']";
  const PAUSE = 400;
  const MOST = 50;
  const LONGEST = 500;

  const element = (name, text, properties = {}) =>
    Object.assign(document.createElement(name), { textContent: text }, properties);

  const line = (record) => {
    const item = element("li", "");
    const link = element("a", record.title, { href: record.address, target: "_blank", rel: "noopener" });
    const state = element("span", record.state_label, { className: `state state-${record.state}` });
    item.append(link, " ", state, " ", element("small", record.about));
    if (record.name) item.append(" ", element("small", `≈ ${record.name}`));
    return item;
  };

  const told = ({ heading, records, note }) => {
    if (!records.length) return [];
    const list = element("ul", "");
    list.append(...records.map(line));
    return [element("p", heading), list, ...(note ? [element("p", note, { className: "quiet" })] : [])];
  };

  const typed = () => {
    const names = [...document.querySelectorAll(NAMES)].map((box) => box.value.trim().slice(0, LONGEST));
    return [...new Set(names.filter(Boolean))].slice(0, MOST);
  };

  const begin = () => {
    const first = document.querySelector("#id_title_en");
    const here = location.pathname.match(/^(.*\/desk\/[a-z]+\/)(?:add|(\d+)\/change)\/$/);
    if (!first || !here) return;
    const [, folder, number] = here;
    const region = element("div", "", { className: "doubles" });
    region.setAttribute("role", "status");
    first.closest(".form-row").after(region);
    let timer, asking;
    let asked = "";

    const ask = async () => {
      const query = new URLSearchParams(typed().map((name) => ["name", name]));
      if (query.toString() === asked) return;
      asked = query.toString();
      asking?.abort();
      if (!asked) {
        region.replaceChildren();
        return;
      }
      asking = new AbortController();
      if (number) query.set("except", number);
      try {
        const answer = await fetch(`${folder}alike/?${query}`, { signal: asking.signal });
        if (answer.ok && !answer.redirected) region.replaceChildren(...told(await answer.json()));
      } catch {
        // Another letter was typed, or the line is down: saving says the same.
      }
    };

    document.addEventListener("input", (event) => {
      if (!event.target.matches(NAMES)) return;
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    // A form that is shown again stands as it was typed.
    if (!number) ask();
  };

  document.addEventListener("DOMContentLoaded", begin);
}
