// Copies the text of a box with one click. It works from file:// too, where a browser may give a page no clipboard: then the
// text is selected and copied in the old way, and where that is refused it stays selected for Ctrl+C.
(function () {
  "use strict";
  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    var box = document.querySelector(button.getAttribute("data-copy"));
    var said = button.parentElement.querySelector("output");
    if (!box || !said) return;
    button.hidden = false;
    function select() {
      box.focus();
      box.setSelectionRange(0, box.value.length);
    }
    function tell(done) { said.textContent = button.getAttribute(done ? "data-done" : "data-failed"); }
    function asBefore() {
      var done = false;
      select();
      try { done = document.execCommand("copy"); } catch (refused) { done = false; }
      tell(done);
    }
    button.addEventListener("click", function () {
      if (!navigator.clipboard || !window.isSecureContext) { asBefore(); return; }
      navigator.clipboard.writeText(box.value).then(function () { select(); tell(true); }, asBefore);
    });
  });
})();
