"use strict";
(() => {
  const MOST = 30, AROUND = 70;
  const form = document.getElementById("find");
  const field = form.querySelector("input");
  const list = form.querySelector("ol");
  const told = form.querySelector("output");
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  let places = null;

  const read = () => [...document.querySelectorAll("[data-place]")].map((place) => {
    const title = place.querySelector("h2, h3").textContent;
    const text = [...place.querySelectorAll("[data-text]")].map((part) => part.textContent).join(" ")
      .replace(/\s+/g, " ");
    return { id: place.id, title, text, inTitle: fold(title), inAll: fold(`${title} ${text}`) };
  });

  const piece = (name, kind, text) => {
    const made = document.createElement(name);
    made.className = kind;
    made.textContent = text;
    return made;
  };

  const around = (text, words) => {
    const small = text.toLowerCase();
    const word = words.find((one) => small.includes(one));
    if (word === undefined) return piece("span", "where", text.slice(0, 2 * AROUND));
    const at = small.indexOf(word);
    const from = Math.max(at - AROUND, 0), end = at + word.length;
    const before = text.slice(from, at), after = text.slice(end, end + AROUND);
    const line = piece("span", "where", from ? `… ${before.replace(/^\S*\s/, "")}` : before);
    line.append(piece("mark", "", text.slice(at, end)));
    line.append(end + AROUND < text.length ? `${after.replace(/\s\S*$/, "")} …` : after);
    return line;
  };

  const search = () => {
    places ??= read();
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    const found = words.length
      ? places.filter((place) => words.every((word) => place.inAll.includes(word))) : [];
    const inTitle = (place) => words.filter((word) => place.inTitle.includes(word)).length;
    found.sort((one, other) => inTitle(other) - inTitle(one));
    list.replaceChildren(...found.slice(0, MOST).map((place) => {
      const way = document.createElement("a");
      way.href = `#${place.id}`;
      way.append(piece("strong", "", place.title), around(place.text, words));
      const entry = document.createElement("li");
      entry.append(way);
      return entry;
    }));
    const more = found.length - MOST;
    told.textContent = !words.length ? "" : !found.length ? "nothing found" : more > 0 ? `and ${more} more` : "";
  };

  const clear = () => {
    field.value = "";
    search();
  };

  document.querySelector("nav details").open = matchMedia("(min-width: 72rem)").matches;
  form.hidden = false;
  field.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) setTimeout(clear);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === "Escape" && form.contains(event.target)) {
      clear();
      field.blur();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && form.contains(event.target)) {
      const ways = [field, ...list.querySelectorAll("a")];
      const next = ways.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
      ways[Math.min(Math.max(next, 0), ways.length - 1)].focus();
    }
  });
})();
