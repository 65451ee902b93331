// Tables that can be sorted by their heads and filtered by a box; heads of long ones stay in sight. Without it they stand in
// the order they were written.
(function () {
  "use strict";
  var text = new Intl.Collator(document.documentElement.lang || "zh-CN", { numeric: true });
  var words = (window.kedang || {}).words || {};

  function value(row, column) {
    var cell = row.cells[column];
    if (!cell) return "";
    if (cell.hasAttribute("data-value")) return cell.getAttribute("data-value");
    var time = cell.querySelector("time[datetime]");
    return time ? time.getAttribute("datetime") : cell.textContent.trim();
  }
  function rows(table) {
    return Array.prototype.filter.call(table.querySelectorAll("tbody > tr"), function (row) { return !row.classList.contains("group"); });
  }
  function sort(table, column, down) {
    var all = rows(table).map(function (row, at) { return { row: row, at: at, value: value(row, column) }; });
    all.sort(function (a, b) {
      // What is empty comes last both ways.
      if (!a.value !== !b.value) return a.value ? -1 : 1;
      var order = text.compare(a.value, b.value);
      return (down ? -order : order) || a.at - b.at;
    });
    table.querySelectorAll("tr.group").forEach(function (group) { group.remove(); });
    var body = table.tBodies[0];
    all.forEach(function (one) { body.appendChild(one.row); });
    Array.prototype.slice.call(table.tBodies, 1).forEach(function (empty) { empty.remove(); });
    var jump = table.closest("main").querySelector(".tools .jump");
    if (jump) jump.hidden = true;
  }
  document.querySelectorAll("table[data-sort]").forEach(function (table) {
    if (rows(table).length < 2 || !table.tHead) return;
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, column, down);
      });
    });
  });

  document.querySelectorAll("input[data-filter]").forEach(function (box) {
    var table = document.querySelector(box.getAttribute("data-filter"));
    var label = box.closest("label"), count = label.querySelector("output");
    if (!table) return;
    label.hidden = false;
    function filter() {
      var asked = box.value.trim().toLowerCase().split(/\s+/), shown = 0;
      rows(table).forEach(function (row) {
        var has = row.textContent.toLowerCase();
        row.hidden = !asked.every(function (word) { return has.indexOf(word) >= 0; });
        if (!row.hidden) shown += 1;
      });
      table.querySelectorAll("tr.group").forEach(function (group) {
        var left = Array.prototype.some.call(group.parentElement.rows, function (row) { return row !== group && !row.hidden; });
        group.hidden = !left;
      });
      count.textContent = box.value.trim() && words.found ? words.found.replace("{n}", shown) : "";
    }
    box.addEventListener("input", filter);
    // A browser may bring the text of the box back with the page.
    if (box.value) filter();
  });

  // A box that scrolls sideways keeps the heads inside it; one whose table fits need not be such a box.
  var LONG = 15;
  var long = Array.prototype.filter.call(document.querySelectorAll(".scroll > table.list"), function (table) { return table.rows.length > LONG; });
  var top = document.querySelector(".top");
  function fit() {
    long.forEach(function (table) { table.parentElement.classList.remove("fits"); });
    var fits = long.map(function (table) { return table.offsetWidth <= table.parentElement.clientWidth; });
    long.forEach(function (table, at) { table.parentElement.classList.toggle("fits", fits[at]); });
    if (top) document.documentElement.style.setProperty("--top", top.offsetHeight + "px");
  }
  if (long.length) {
    fit();
    window.addEventListener("resize", fit);
  }
})();
