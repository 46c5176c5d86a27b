// Small comforts; every page works without them.
(() => {
  "use strict";
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  let timer;
  const later = (act, wait) => { clearTimeout(timer); timer = setTimeout(act, wait); };

  // What went wrong is read first.
  document.querySelector("[data-summary]")?.focus();

  // One submission per form: the button waits until the page comes back.
  all("form[method=post]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
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

  // What the rules find in an advert, while it is typed.
  all("form[data-check]").forEach((form) => form.addEventListener("input", () => later(async () => {
    const told = document.getElementById("temuan");
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      told.innerHTML = answer.ok ? await answer.text() : "";
    } catch (_) { /* it is checked on the next page too */ }
  }, 900)));

  // Words to search by, as a list under the field.
  all("input[data-suggest]").forEach((box) => {
    const list = document.createElement("datalist");
    list.id = box.id + "-list";
    box.after(list);
    box.setAttribute("list", list.id);
    box.addEventListener("input", () => later(async () => {
      const q = box.value.trim();
      if (q.length < 2 || Array.from(list.options).some((each) => each.value === q)) return;
      try {
        const answer = await fetch("/api/v1/vacancies/suggestions?limit=6&q=" + encodeURIComponent(q));
        const items = answer.ok ? (await answer.json()).items : [];
        if (box.value.trim() === q) list.replaceChildren(...items.map((each) => new Option(each.text, each.text)));
      } catch (_) { /* the search works without */ }
    }, 250));
  });

  all("button[data-print]").forEach((button) => { button.hidden = false; button.onclick = () => window.print(); });

  // What was begun is kept when somebody leaves.
  all("form[data-draft]").forEach((form) => form.addEventListener("input", () => { document.onvisibilitychange = () =>
    document.hidden && !form.dataset.sent && navigator.sendBeacon(form.dataset.draft, new URLSearchParams(new FormData(form))); }));
})();
