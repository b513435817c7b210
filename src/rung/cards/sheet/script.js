// Front: a number for each line. Back: which of them are typical. Whether they add up is left to whoever wrote them.
if (isFront) ask(); else check();

function ask() {
  var list = card.querySelector(".items"), lines = [].slice.call(list.children);
  var unit = list.getAttribute("data-unit"), follows = list.getAttribute("data-follows");
  var fields = lines.map(function (line) { return line.appendChild(field(line.textContent)); });
  var inputs = fields.map(function (each) { return each.firstChild; });

  function remember() {
    keep({ lines: ids(lines), typed: inputs.map(function (input) { return input.value; }) });
  }

  fields.forEach(function (each, at) {
    inputs[at].oninput = function () { remember(); tell(each, unit, follows); };
    onEnter(inputs[at], inputs[at + 1]);
  });
  remember();
  ready(inputs[0]);
}

function check() {
  var told = kept(), list = card.querySelector(".answer"), lines = [].slice.call(list.children), right = 0, rules;
  var unit = list.getAttribute("data-unit"), follows = list.getAttribute("data-follows");
  if (!told || told.lines.join() !== ids(lines).join()) return;
  if (!told.typed.join("").trim()) { verdict("You typed nothing."); return; }
  lines.forEach(function (line, at) {
    var number = amount(told.typed[at], follows), yours = make("span", "yours");
    var low = Number(line.getAttribute("data-low")), high = Number(line.getAttribute("data-high"));
    var inside = number !== null && number >= low && number <= high;
    if (inside) right += 1;
    mark(yours, inside, "you: " + (number === null ? told.typed[at].trim() || "nothing" : shown(number, unit)));
    line.appendChild(yours);
  });
  rules = card.querySelector(".rules");
  verdict(right + " of " + lines.length + " are typical" + (rules ? "; see below whether they add up." : "."),
    suggested(gradeOf(right, lines.length)));
}
