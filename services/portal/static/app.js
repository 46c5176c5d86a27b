// Small comforts; every page works without them.
(() => {
  "use strict";
  const all = (selector) => Array.from(document.querySelectorAll(selector));

  // What went wrong is read first.
  const summary = document.querySelector("[data-summary]");
  if (summary) summary.focus();

  // One submission per form: the button waits until the page comes back.
  all("form[method=post]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
    });
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  // How many characters are left, told quietly.
  all("textarea[data-count]").forEach((box) => {
    const told = document.getElementById(box.id + "-count");
    const limit = Number(box.dataset.count);
    const tell = () => {
      const left = limit - box.value.length;
      told.textContent = (left < 0 ? told.dataset.over : told.dataset.left).replace("{n}", Math.abs(left));
    };
    box.addEventListener("input", tell);
    tell();
  });

  // Share with the phone's own menu, or copy the address.
  all("button[data-share]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const it = { title: button.dataset.title, url: button.dataset.share };
      try {
        if (navigator.share) { await navigator.share(it); return; }
        await navigator.clipboard.writeText(it.url);
        button.textContent = button.dataset.done;
      } catch (_) { /* closed by the person, or not allowed here */ }
    });
  });

  all("button[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
