// Shows what comes by web push, and opens its page. It keeps nothing and reads no page.
self.addEventListener("push", (event) => event.waitUntil((async () => {
  let it = {};
  try { it = event.data.json(); } catch (_) { /* something came: that much is told */ }
  const before = it.tag ? await self.registration.getNotifications({ tag: it.tag }) : [];
  await self.registration.showNotification(it.title || "Si-Caker", {
    body: it.body || "",
    tag: it.tag,
    renotify: Boolean(it.tag) && !before.some((each) => each.data.id === it.id), // told twice rings once
    data: { id: it.id, link: it.link },
  });
})()));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const page = new URL(event.notification.data.link || "/kabar", self.location.origin);
  if (page.origin === self.location.origin) event.waitUntil(self.clients.openWindow(page.href));
});
