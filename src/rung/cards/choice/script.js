// Front: pick an option. Back: whether it is the right one.
if (isFront) ask(); else answer();

function ask() {
  var list = card.querySelector(".options"), options = boxes(list);
  if (!list.hasAttribute("data-fixed")) options = shuffled(options);
  put(list, options);
  list.setAttribute("role", "radiogroup");
  options.forEach(function (option, at) {
    option.setAttribute("role", "radio");
    option.setAttribute("aria-checked", "false");
    option.tabIndex = -1;
    onTap(option, function () { pick(option); });
    option.onkeydown = function (event) {
      var by = upOrDown(event), isPicked = option.getAttribute("aria-checked") === "true";
      if (!by) return;
      event.preventDefault();
      pick(isPicked ? options[at + by] || option : option);
    };
  });
  keep({ order: ids(options), picked: null });
  ready(options[0]);

  function pick(option) {
    options.forEach(function (each) { each.setAttribute("aria-checked", String(each === option)); });
    keep({ order: ids(options), picked: option.getAttribute("data-id") });
    focus(option, options);
  }
}

function answer() {
  var told = kept(), list = card.querySelector(".options"), shown = card.querySelector(".answer > span");
  var right = shown.getAttribute("data-id"), options;
  if (!told || told.order.slice().sort().join() !== ids(all(".options > li")).sort().join()) return;
  options = inOrder(boxes(list), told.order);
  put(list, options);
  list.className += " asked";
  card.className += " marked";
  options.forEach(function (option) {
    var id = option.getAttribute("data-id"), words = option.querySelector(".words");
    if (id === told.picked) option.setAttribute("aria-checked", "true");
    if (id === right) mark(words, true, id === told.picked ? "yours" : "");
    else if (id === told.picked) mark(words, false, "yours");
  });
  if (!told.picked) { verdict("You picked none."); return; }
  if (told.picked === right) verdict("Right.", "Good");
  else verdict("Not so: it is " + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".charAt(told.order.indexOf(right)) + ".", "Again");
}
