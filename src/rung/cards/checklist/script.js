// Back: tick the points you had. The front has nothing to press.
if (!isFront) tick();

function tick() {
  var points = boxes(card.querySelector(".points"));
  points.forEach(function (point, at) {
    point.setAttribute("role", "checkbox");
    point.tabIndex = -1;
    set(point, false);
    onTap(point, function () { set(point, !isSet(point)); count(); focus(point, points); });
    point.onkeydown = function (event) {
      var next = points[at + upOrDown(event)];
      if (event.key === "ArrowRight" || event.key === "ArrowLeft") { set(point, event.key === "ArrowRight"); count(); }
      else if (upOrDown(event) && next) focus(next, points);
      else return;
      event.preventDefault();
    };
  });
  verdict("Tick the points you had.");
  ready(points[0]);

  function isSet(point) { return point.getAttribute("aria-checked") === "true"; }

  function set(point, on) { point.setAttribute("aria-checked", String(on)); }

  function count() {
    var had = points.filter(isSet).length;
    verdict(had + " of " + points.length + " points.", suggested(gradeOf(had, points.length)));
  }
}
