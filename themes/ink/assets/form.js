// Prints what is asked for: all sheets, or the one that was chosen. Without it the browser's own printing does the same.
(function () {
  "use strict";
  document.querySelectorAll("button.print").forEach(function (button) {
    var only = button.classList.contains("only");
    function show() {
      var chosen = document.querySelector(".sheet:target");
      button.hidden = only ? !chosen : false;
    }
    button.addEventListener("click", function () {
      if (!only && document.querySelector(".sheet:target")) location.hash = "main";
      window.print();
    });
    window.addEventListener("hashchange", show);
    show();
  });
})();
