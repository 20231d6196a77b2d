/** Keeps the site for readers who are offline: the whole of one release, then the whole of the next.
 *
 * A new release is fetched beside the old one, each file held against its digest, and
 * takes over when a reader who has one page open goes to another, or opens the site anew.
 */

import { clientsClaim } from "workbox-core";
import { matchPrecache, precacheAndRoute } from "workbox-precaching";
import { registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";
import { asked, exact, type Table } from "./lost/suggest.ts";
import { partsCache, TAKE_OVER, type ToServiceWorker } from "./protocol.ts";

/** Written in front of this script when the site is built. */
declare const RELEASE: { pages: { url: string; revision: string; integrity: string }[]; parts: string[] };

declare const registration: ServiceWorkerRegistration;
declare const clients: { matchAll(options: { type: "window" }): Promise<unknown[]> };
declare function skipWaiting(): Promise<void>;

interface ExtendableEvent extends MessageEvent<ToServiceWorker> {
  waitUntil(work: Promise<unknown>): void;
}

const parts = RELEASE.parts.map((name) => new URL(name, registration.scope).href);
const cacheName = partsCache(registration.scope);
const kept = new CacheFirst({ cacheName });

/** An empty page, without an icon to be looked for, that is loaded anew when the next release has taken over. */
const RELOADING_PAGE = `<link rel="icon" href="data:,"><script>
let asked = false;
const again = () => asked || ((asked = true), location.reload());
navigator.serviceWorker.addEventListener("controllerchange", again);
navigator.serviceWorker.ready.then(({ waiting }) => waiting || again());
setTimeout(again, 5000);
</script>`;

/** A release that does not take over at once is asked a few times more; then the old one goes on. */
let attempts = 3;

async function handsOver(): Promise<boolean> {
  const next = registration.waiting;
  if (!next || attempts === 0 || (await clients.matchAll({ type: "window" })).length > 1) return false;
  attempts -= 1;
  next.postMessage(TAKE_OVER);
  return true;
}

/** What an address that is no page's own does where there is a network, by a page there or by 404.html. */
async function redirect(from: URL): Promise<Response | null> {
  const scope = new URL(registration.scope);
  const response = await matchPrecache(new URL("redirects.json", scope).href);
  if (!response) return null;
  const target = exact(asked(from.pathname, scope.pathname), (await response.json()) as Table);
  if (target === null) return null;
  const address = new URL(target, scope);
  if (address.pathname === from.pathname) return null; // it would lead to itself
  address.search = from.search;
  return Response.redirect(address);
}

registerRoute(
  ({ request }) => request.mode === "navigate",
  async ({ request }) => {
    // This worker has to end its work before the next one begins: have the same page asked for after that.
    if (await handsOver()) return new Response(RELOADING_PAGE, { headers: { "Content-Type": "text/html" } });
    const { origin, pathname } = new URL(request.url);
    const page = await matchPrecache(origin + pathname.replace(/\/index\.html$/, "/"));
    if (page) return page;
    return fetch(request).catch(async (offline: unknown) => {
      return (await redirect(new URL(request.url))) ?? Promise.reject(offline);
    });
  },
);
precacheAndRoute(RELEASE.pages);
registerRoute(({ url }) => parts.includes(url.href), kept);
clientsClaim();

async function keep(folder: string, event: ExtendableEvent): Promise<void> {
  const wanted = parts.filter((url) => url.startsWith(folder));
  await Promise.all(wanted.map((url) => kept.handle({ event, request: new Request(url) })));
}

async function forgetOldParts(): Promise<void> {
  const cache = await caches.open(cacheName);
  const old = (await cache.keys()).filter(({ url }) => !parts.includes(url));
  await Promise.all(old.map((request) => cache.delete(request)));
}

addEventListener("message", (event) => {
  const { data, waitUntil } = event as ExtendableEvent;
  waitUntil.call(event, data === TAKE_OVER ? skipWaiting() : keep(data.keep, event as ExtendableEvent));
});
addEventListener("activate", (event) => (event as ExtendableEvent).waitUntil(forgetOldParts()));
