// Which card is open stands in the address; what else is to outlast a reload, in the session's storage.
(function () {
  "use strict";
  const find = (id) => document.getElementById(id);
  const frame = find("card"), list = document.querySelector("nav"), links = [...document.querySelectorAll("nav a")];
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  const kept = { side: "front", phone: false, night: dark, ...JSON.parse(sessionStorage.getItem("kept")) };

  function open() {
    const link = links.find((each) => each.hash === location.hash) || links[0];
    links.forEach((each) => each.setAttribute("aria-current", each === link));
    find("id").textContent = link ? decodeURIComponent(link.hash.slice(1)) : "";
    if (!link) return;
    // In place of the card before, so that "back" leads to the page before this one.
    frame.contentWindow.location.replace("card?" + link.hash.slice(1));
  }

  function current() {
    return links.find((each) => each.ariaCurrent === "true");
  }

  function reveal() {
    if (current()) current().scrollIntoView({ block: "nearest" });
  }

  function go(by) {
    const link = links[links.indexOf(current()) + by];
    if (link) location.replace(link.hash);
  }

  function tell() {
    frame.classList.toggle("phone", kept.phone);
    find("phone").setAttribute("aria-pressed", kept.phone);
    find("night").setAttribute("aria-pressed", kept.night);
    find("flip").textContent = kept.side === "front" ? "Show back" : "Show front";
    frame.contentWindow.postMessage({ side: kept.side, night: kept.night }, "*");
  }

  function flip() {
    kept.side = kept.side === "front" ? "back" : "front";
    tell();
  }

  function toggle(name) {
    kept[name] = !kept[name];
    tell();
  }

  function key(name) {
    const act = { " ": flip, ArrowLeft: () => go(-1), ArrowRight: () => go(1) }[name];
    if (act) act();
    return Boolean(act);
  }

  function keep() {
    sessionStorage.setItem("kept", JSON.stringify({ ...kept, list: list.scrollTop, page: window.scrollY }));
  }

  find("flip").onclick = flip;
  find("before").onclick = () => go(-1);
  find("next").onclick = () => go(1);
  find("phone").onclick = () => toggle("phone");
  find("night").onclick = () => toggle("night");
  window.addEventListener("hashchange", () => {
    kept.side = "front";
    open();
    reveal();
  });
  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow) return;
    if (event.data === "ready") tell();
    else key(event.data);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.closest("button")) return;  // which it presses
    if (key(event.key)) event.preventDefault();
  });
  window.addEventListener("pagehide", keep);

  const events = new EventSource("events?" + document.body.dataset.version);
  events.onmessage = () => location.reload();
  events.onopen = () => { find("told").textContent = ""; };
  events.onerror = () => { find("told").textContent = "No answer: does rung preview still run?"; };

  open();
  if (kept.list === undefined) reveal();
  else {
    list.scrollTop = kept.list;
    window.scrollTo(0, kept.page);
  }
}());
