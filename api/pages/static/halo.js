/* What pages do beyond links and forms, all of it a convenience: without this file everything still works.

   data-focus     has the focus when it appears (what is wrong with a form)
   data-find      Ctrl+K (Cmd+K) puts the cursor into it
   data-arrows    within it, and from the field that data-arrows-of names by its id, Up and Down walk its links;
                  Escape goes back to the field

   And a live piece whose stream opens again asks anew: the service may have been away, and news with it.
*/
(() => {
  "use strict";

  const attend = (root) => root.querySelector("[data-focus]")?.focus();

  const walk = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const list = event.target.closest("[data-arrows]")
      ?? document.querySelector(`[data-arrows-of="${CSS.escape(event.target.id || " ")}"]`);
    if (!list) return;
    const field = document.getElementById(list.dataset.arrowsOf ?? "");
    if (event.key === "Escape" && field && event.target !== field) {
      field.focus();
    } else if (step) {
      const links = [...list.querySelectorAll("a[href], button")];
      const next = links.indexOf(document.activeElement) + step;
      if (next < 0) field?.focus();
      else links[next]?.focus();
      event.preventDefault();
    }
  };

  document.addEventListener("keydown", (event) => {
    const find = document.querySelector("[data-find]");
    if (find && event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey) {
      walk(event);
    }
  });
  document.addEventListener("htmx:sseOpen", ({ target }) => {
    if (target.dataset.opened) htmx.trigger(target, "sse:missed");
    target.dataset.opened = "yes";
  });
  document.addEventListener("htmx:afterSwap", (event) => attend(event.target));
  document.addEventListener("DOMContentLoaded", () => attend(document));
})();
