// Counts days where a page holds a due date, and says when the site is older than today. Without it the page shows the date
// and the word it was built with. `kedang` comes from asof.js: the as-of date, whether it was given on purpose, the words.
(function () {
  "use strict";
  var site = window.kedang;
  if (!site) return;
  var DAY = 86400000;
  function number(date) {
    var part = date.split("-");
    return Date.UTC(+part[0], +part[1] - 1, +part[2]) / DAY;
  }
  function say(text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) { return name in values ? values[name] : whole; });
  }
  var now = new Date();
  var today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY;
  var asOf = number(site.asOf);
  // A site of a given day is a statement of that day; otherwise days run on when nobody builds.
  var base = site.pinned ? asOf : Math.max(today, asOf);

  document.querySelectorAll("time[data-due]").forEach(function (time) {
    var box = time.parentElement, word = box.querySelector("b");
    var left = number(time.getAttribute("data-due")) - base;
    var state = left < 0 ? "overdue" : left <= site.soon ? "soon" : "ahead";
    box.classList.remove("overdue", "soon", "ahead");
    box.classList.add(state);
    if (word) word.textContent = say(left === 0 ? site.words.today : site.words[state], { n: Math.abs(left) });
  });
  document.querySelectorAll("[data-as-of]").forEach(function (span) {
    span.textContent = span.getAttribute("data-as-of") + " " + site.asOf;
  });
  var line = document.getElementById("stale");
  if (line && today > asOf) {
    line.textContent = say(site.pinned ? site.words.pinned : site.words.stale, { date: site.asOf, n: today - asOf });
    line.hidden = false;
  }
})();
