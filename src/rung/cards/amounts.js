// Numbers with their units, as rung/quantity.py reads them. What may follow a number comes from there too, spelled out:
// "=1 k=1000 gpus=1" says that 5, 5k and 5 GPUs are such numbers, and by what each is multiplied.
var AMOUNT = new RegExp(
  "^[~≈]? ?([+-]?) ?([$€£]?) ?(" +
  "(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])|[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])|[0-9]+)(?:\\.[0-9]+)?|\\.[0-9]+)" +
  "(e[+-]?[0-9]{1,3}(?![0-9]))? ?(.*)$", "i");

// The number that was typed, or null where that is none.
function amount(typed, follows) {
  var found = AMOUNT.exec(typed.replace(/−/g, "-").replace(/\s+/g, " ").trim().replace(/\.$/, "")), by, number;
  if (!found) return null;
  by = factor(found[2] + bare(found[5]), follows);
  number = Number(found[1] + found[3].replace(/[, ]/g, "") + (found[4] || "")) * by;
  return by === null || Math.abs(number) > 1e300 ? null : number;
}

function bare(unit) {
  return unit.toLowerCase().replace(/µ/g, "μ").replace(/(^| )per /, "/").replace(/ /g, "");
}

function factor(unit, follows) {
  var pairs = follows.split(" "), i, at;
  for (i = 0; i < pairs.length; i += 1) {
    at = pairs[i].lastIndexOf("=");
    if (pairs[i].slice(0, at) === unit) return Number(pairs[i].slice(at + 1));
  }
  return null;
}

function shown(number, unit) {
  var digits = String(Number(number.toPrecision(6))).split("."), sign = /^[$€£]/.exec(unit);
  digits[0] = digits[0].replace(/\B(?=(\d{3})+$)/g, ",");
  if (sign) return sign[0] + digits.join(".") + unit.slice(1);
  return digits.join(".") + (unit && unit !== "%" ? " " : "") + unit;
}

// A field for a number, and beside it how it is read.
function field(told) {
  var input = make("input", "tappable"), read = make("span", "read"), whole = make("span", "field");
  input.type = "text";
  input.autocomplete = "off";
  input.setAttribute("autocapitalize", "off");
  input.setAttribute("aria-label", told);
  whole.appendChild(input);
  whole.appendChild(read);
  return whole;
}

function tell(whole, unit, follows) {
  var typed = whole.firstChild.value, number = amount(typed, follows);
  whole.lastChild.textContent = !typed.trim() ? "" : number === null ? noNumber(unit) : shown(number, unit);
}

function noNumber(unit) {
  return unit ? "no number in " + unit : "no number";
}

// Enter goes on, and from the last field to the back: the desktop app leaves it to a field, and shows the back if told.
function onEnter(input, next) {
  input.onkeydown = function (event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (next) { next.focus(); return; }
    input.blur();
    if (typeof pycmd === "function") pycmd("ans");
  };
}
