// Front: one of the variants, and a field for its number. Back: the same one, and whether the number was right.
var bank = card.querySelector(".variants");
var unit = bank.getAttribute("data-unit"), follows = bank.getAttribute("data-follows");
if (isFront) ask(); else answer();

function ask() {
  var last = kept(), count = bank.children.length, others = [], drawn, whole = field("Your number");
  for (drawn = 0; drawn < count; drawn += 1) if (count === 1 || !last || drawn !== last.variant) others.push(drawn);
  drawn = shuffled(others)[0];
  show(drawn);
  card.querySelector(".entry").appendChild(whole);
  whole.firstChild.oninput = function () {
    keep({ variant: drawn, typed: whole.firstChild.value });
    tell(whole, unit, follows);
  };
  onEnter(whole.firstChild);
  keep({ variant: drawn, typed: "" });
  ready(whole.firstChild);
}

// Put a variant in the place of the one that stands there for whoever has no scripts.
function show(drawn) {
  [].forEach.call(bank.children[drawn].children, function (piece) {
    var old = document.querySelector("#rung > ." + piece.className);
    if (old) old.innerHTML = piece.innerHTML;
  });
}

function answer() {
  var told = kept(), variant = told && bank.children[told.variant], number, words;
  if (!variant) return;
  show(told.variant);
  number = amount(told.typed, follows);
  if (!told.typed.trim()) verdict("You typed nothing.");
  else if (number === null) verdict("You typed “" + told.typed + "”, " + noNumber(unit) + ".");
  else {
    words = "you typed " + shown(number, unit) + ".";
    if (isRight(number, variant, 1)) verdict("Right: " + words, suggested(5));
    else if (isRight(number, variant, 3)) verdict("Close: " + words, suggested(2));
    else verdict("Not so: " + words, suggested(1));
  }
}

// Within so many tolerances; the number as the back rounds it is right too.
function isRight(number, variant, tolerances) {
  var right = Number(variant.getAttribute("data-value")), told = Number(variant.getAttribute("data-told"));
  var most = tolerances * Number(bank.getAttribute("data-tolerance")) * Math.abs(right);
  return number === right || number === told || Math.abs(number - right) * (1 - 1e-9) <= most;
}
