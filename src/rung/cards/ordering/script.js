// Front: put the items in order. Back: how far that was from the right one.
if (isFront) arrange(); else compare();

function arrange() {
  var list = card.querySelector(".items"), items = boxes(list), aloud = card.querySelector(".aloud");
  var last = kept(), first, tries = 0, picked = null;

  do first = shuffled(items); while (last && ids(first).join() === last.order.join() && tries++ < 9);
  put(list, first);
  items.forEach(prepare);
  if (items.some(function (item) { return item.textContent.length > 80; })) list.className += " long";
  list.setAttribute("role", "listbox");
  keep({ order: ids(first), moved: false });
  ready(first[0]);

  function now() { return [].slice.call(list.children); }

  function prepare(item) {
    var moves = make("div", "moves"), grip = make("span", "grip tappable", "≡");
    item.setAttribute("role", "option");
    item.tabIndex = -1;
    moves.appendChild(button("up", "▲", "Up", -1));
    moves.appendChild(grip);
    moves.appendChild(button("down", "▼", "Down", 1));
    item.appendChild(moves);
    grip.onclick = function (event) { event.stopPropagation(); };
    grip.onpointerdown = function (event) { drag(item, grip, event); };
    onTap(item, function () { tap(item); });
    item.onkeydown = function (event) { key(item, event); };

    function button(name, sign, told, by) {
      var made = make("button", name + " tappable", sign);
      made.type = "button";
      made.tabIndex = -1;
      made.setAttribute("aria-label", told);
      made.onclick = function (event) { event.stopPropagation(); move(item, by); };
      return made;
    }
  }

  function tap(item) {
    var from = now().indexOf(picked), to = now().indexOf(item);
    if (picked && picked !== item) { move(picked, to - from); return; }
    pick(picked ? null : item);
  }

  function pick(item) {
    if (picked) picked.removeAttribute("aria-selected");
    if (item) item.setAttribute("aria-selected", "true");
    picked = item;
  }

  function key(item, event) {
    var by = upOrDown(event), items = now(), next = items[items.indexOf(item) + by];
    if (!by) return;
    event.preventDefault();
    if (event.shiftKey || event.altKey) move(item, by);
    else if (next) focus(next, items);
  }

  function move(item, by) {
    var items = now(), to = items.indexOf(item) + by;
    if (to < 0 || to >= items.length) return;
    list.insertBefore(item, by < 0 ? items[to] : items[to].nextSibling);
    moved(item);
  }

  function moved(item) {
    var items = now();
    pick(null);
    keep({ order: ids(items), moved: true });
    focus(item, items);
    aloud.textContent = "Place " + (items.indexOf(item) + 1) + " of " + items.length;
  }

  // Where the pointer passes the middle of a neighbour, it is the neighbour that moves: what moves loses the pointer.
  function drag(item, grip, event) {
    if (event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    item.className += " dragged";
    grip.onpointermove = function (to) {
      var above = item.previousElementSibling, below = item.nextElementSibling;
      if (above && to.clientY < middle(above)) list.insertBefore(above, below);
      else if (below && to.clientY > middle(below)) list.insertBefore(below, item);
      if (to.clientY < 40) window.scrollBy(0, -12);
      if (to.clientY > window.innerHeight - 40) window.scrollBy(0, 12);
    };
    grip.onpointerup = grip.onpointercancel = function () {
      grip.onpointermove = grip.onpointerup = grip.onpointercancel = null;
      item.className = item.className.replace(" dragged", "");
      moved(item);
    };
  }

  function middle(item) {
    var box = item.getBoundingClientRect();
    return box.top + box.height / 2;
  }
}

function compare() {
  var told = kept(), items = all(".answer > li"), right = ids(items), ranks, put, wrong = 0, pairs, yours;
  if (!told || told.order.slice().sort().join() !== right.slice().sort().join()) return;
  ranks = items.map(function (item) { return Number(item.getAttribute("data-rank")); });
  put = right.map(function (id) { return told.order.indexOf(id); });
  put.forEach(function (mine, one) {
    put.slice(one + 1).forEach(function (other, more) {
      if (mine > other && ranks[one] < ranks[one + 1 + more]) wrong += 1;
    });
  });
  pairs = items.length * (items.length - 1) / 2;
  if (wrong && !told.moved) { verdict("You left them as they were shuffled."); return; }
  yours = make("div", "note", "Your order: " + inOrder(items, told.order).map(name).join(" → "));
  items.forEach(function (item, at) { mark(head(item), ranks[put[at]] === ranks[at], "you: " + (put[at] + 1)); });
  if (!wrong) verdict("In order.", suggested(5));
  else verdict(wrong + " of " + pairs + " pairs out of order.", suggested(6 * wrong <= pairs ? 3 : 0));
  card.querySelector(".verdict").appendChild(yours);
}

// What tells an item from the others: its label, else its words.
function head(item) {
  return item.querySelector("b, span");
}

function name(item) {
  var words = head(item).textContent.replace(/:$/, "");
  return words.length > 30 ? words.slice(0, 29) + "…" : words;
}
