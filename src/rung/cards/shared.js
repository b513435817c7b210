// What the kinds that can be answered share. A side of a card lies in #rung; all that is done here hangs on what lies
// there, and goes when it goes: on a desktop one page shows every card.
var card = document.getElementById("rung");
var isFront = card.getAttribute("data-side") === "front";
var place = "rung " + card.getAttribute("data-id");
card.className = "live";

// What the front tells the back goes by the session's storage, since AnkiDroid may load a new page for the back, and by
// the window, where storage is denied.
function keep(told) {
  var text = JSON.stringify(told);
  window.rungKept = window.rungKept || {};
  window.rungKept[place] = text;
  try { sessionStorage.setItem(place, text); } catch (denied) { /* the window has it */ }
}

function kept() {
  var text = window.rungKept && window.rungKept[place];
  try { text = text || sessionStorage.getItem(place); } catch (denied) { /* as above */ }
  return text ? JSON.parse(text) : null;
}

function all(selector) {
  return [].slice.call(card.querySelectorAll(selector));
}

function make(tag, name, words) {
  var made = document.createElement(tag);
  made.className = name;
  if (words) made.textContent = words;
  return made;
}

function ids(items) {
  return items.map(function (item) { return item.getAttribute("data-id"); });
}

function shuffled(things) {
  var left = things.slice(), drawn = [];
  while (left.length) drawn.push(left.splice(Math.floor(Math.random() * left.length), 1)[0]);
  return drawn;
}

// Lists

// The items of a list, each as a box to press.
function boxes(list) {
  list.className += " boxes";
  return [].map.call(list.children, function (item) {
    var words = make("div", "words");
    while (item.firstChild) words.appendChild(item.firstChild);
    item.appendChild(words);
    return item;
  });
}

function put(list, items) {
  items.forEach(function (item) { list.appendChild(item); });
}

function inOrder(items, order) {
  var found = ids(items);
  return order.map(function (id) { return items[found.indexOf(id)]; });
}

// Both mobile apps leave what is tappable, and has an onclick, out of their gestures. Marking words is no tap, and two
// quick taps mark none.
function onTap(element, act) {
  element.className += " tappable";
  element.onmousedown = function (event) { if (event.detail > 1) event.preventDefault(); };
  element.onclick = function () { if (!String(window.getSelection())) act(); };
}

// -1 up, 1 down, 0 another key. Arrows, j and k are all that Anki leaves to a card.
function upOrDown(event) {
  if (event.ctrlKey || event.metaKey) return 0;
  return { ArrowUp: -1, k: -1, K: -1, ArrowDown: 1, j: 1, J: 1 }[event.key] || 0;
}

// One item can be reached by Tab, and the arrows go on from it.
function focus(item, items) {
  items.forEach(function (each) { each.tabIndex = each === item ? 0 : -1; });
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

// Ready for keys, where there are some: on a phone it would only scroll, or bring the keyboard up.
function ready(element) {
  element.tabIndex = 0;
  if (!window.matchMedia("(pointer: coarse)").matches) element.focus({ preventScroll: true });
}

// The back

function suggested(grade) {
  return ["Again", "Again", "Again", "Hard", "Good", "Good"][grade];
}

// The grade of a share: one for each whole fifth.
function gradeOf(had, of) {
  return Math.floor(5 * had / of);
}

function verdict(words, button) {
  var box = card.querySelector(".verdict"), which = make("span", "suggested", "Suggested: ");
  box.textContent = words;
  if (!button) return;
  which.appendChild(make("b", "", button));
  box.appendChild(document.createTextNode(" "));
  box.appendChild(which);
}

function mark(element, isRight, words) {
  var told = make("span", "mark " + (isRight ? "right" : "wrong"), isRight ? "✓" : "✗");
  if (words) told.textContent += " " + words;
  element.appendChild(document.createTextNode(" "));
  element.appendChild(told);
}
