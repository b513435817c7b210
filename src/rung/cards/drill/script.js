// Front: a clock that counts down. Back: a level for each dimension of the rubric, and what they come to.
var seconds = 60 * Number(card.getAttribute("data-minutes"));
if (isFront) setClock(); else { tellTime(); rate(); }

function setClock() {
  var button = make("button", "tappable", "Start the clock: " + clock(seconds)), began = null;
  button.type = "button";
  button.onclick = function () {
    if (began) return;
    began = Date.now();
    keep({ began: began });
    button.setAttribute("aria-disabled", "true");
    tick();
  };
  card.querySelector(".clock").appendChild(button);
  keep({ began: null });

  function tick() {
    var left = seconds - Math.round((Date.now() - began) / 1000);
    if (!document.body.contains(button)) return;
    button.textContent = left < 0 ? "Time is up: " + clock(-left) + " over" : clock(left) + " left";
    setTimeout(tick, 1000);
  }
}

function tellTime() {
  var told = kept();
  if (!told || !told.began) return;
  if (!told.spent) { told.spent = Math.round((Date.now() - told.began) / 1000); keep(told); }
  card.querySelector(".took").textContent = "You took " + clock(told.spent) + " of " + clock(seconds) + ".";
}

function clock(spent) {
  return Math.floor(spent / 60) + ":" + ("0" + spent % 60).slice(-2);
}

function rate() {
  var dimensions = all("details"), heads = all("summary"), chosen = dimensions.map(function () { return null; });
  dimensions.forEach(function (dimension, at) {
    var list = dimension.querySelector(".levels"), levels = boxes(list);
    heads[at].appendChild(make("span", "mark"));
    heads[at].className = "tappable";
    list.setAttribute("role", "radiogroup");
    levels.forEach(function (level, points) {
      level.setAttribute("role", "radio");
      level.setAttribute("aria-checked", "false");
      onTap(level, function () { choose(points); });
    });
    heads[at].onkeydown = function (event) {
      var next = heads[at + upOrDown(event)], by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by) choose(chosen[at] === null ? 0 : Math.max(0, Math.min(levels.length - 1, chosen[at] + by)));
      else if (upOrDown(event) && next) next.focus();
      else return;
      event.preventDefault();
    };

    function choose(points) {
      chosen[at] = points;
      dimension.open = true;
      levels.forEach(function (level, each) { level.setAttribute("aria-checked", String(each === points)); });
      heads[at].lastChild.textContent = " " + points + " " + levels[points].querySelector("b").textContent;
      count();
    }
  });
  count();
  ready(heads[0]);

  function count() {
    var rated = chosen.filter(function (points) { return points !== null; }), most = 3 * chosen.length;
    var had = rated.reduce(function (sum, points) { return sum + points; }, 0);
    if (rated.length < chosen.length) { verdict(rated.length + " of " + chosen.length + " rated."); return; }
    verdict(had + " of " + most + " points (" + Math.floor(100 * had / most) + " %).", suggested(gradeOf(had, most)));
  }
}
