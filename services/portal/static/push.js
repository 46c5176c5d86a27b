// On the page of choices: this browser asks to be told. Without script, or without push, the page says so.
(() => {
  "use strict";
  const form = document.querySelector("form[data-push]");
  const told = document.querySelector("[data-push-told]");
  if (!form || !told) return;
  const say = (name) => { told.textContent = told.dataset[name]; };
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) { say("unable"); return; }
  told.textContent = "";
  form.hidden = false;

  const subscribed = async () => {
    const { pushManager } = await navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready);
    const wish = { userVisibleOnly: true, applicationServerKey: form.dataset.push };
    try {
      return await pushManager.subscribe(wish);
    } catch (error) { // one that is bound to an older key of ours makes room
      const old = await pushManager.getSubscription();
      if (!old) throw error;
      await old.unsubscribe();
      return pushManager.subscribe(wish);
    }
  };

  form.querySelector("button").addEventListener("click", async (event) => {
    event.preventDefault();
    say("busy");
    try {
      if (await Notification.requestPermission() !== "granted") { say("denied"); return; }
      const { endpoint, keys } = (await subscribed()).toJSON();
      form.elements.endpoint.value = endpoint;
      form.elements.p256dh.value = keys.p256dh;
      form.elements.auth.value = keys.auth;
      form.submit();
    } catch (_) { say("unable"); }
  });
})();
