/**
 * Parley's web push for a site's pages: asks for leave when the customer taps, and tells Parley who has subscribed.
 *
 *     <script src="/parley-push.js" defer data-key="B…"
 *       data-webhook="https://…/functions/v1/web-push-webhook/acc_…"></script>
 *     <button data-parley-push="subscribe">Notify me</button>
 *
 * `data-worker` is the address of the worker (`/parley-push-sw.js` unless told), or `own` when the site's own worker imports it.
 * `data-name` is what the customer is called; without it, the kind of browser. `window.parleyPush` has the same for scripts, and the
 * document gets a `parley-push` event with the state whenever it changes.
 */
(() => {
  /** @typedef {'unsupported' | 'install' | 'denied' | 'subscribed' | 'unsubscribed'} State `install`: first to the Home Screen (iOS) */
  /** @typedef {{ first?: PushSubscriptionJSON, told?: string }} Memory the first subscription ever, and the endpoint that Parley knows, behind the account's webhook */

  const {
    key = '',
    webhook = '',
    worker = '/parley-push-sw.js',
    name = device(),
  } = /** @type {HTMLElement} */ (document.currentScript).dataset;
  const able = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  const parleyPush = { state, subscribe, unsubscribe };
  Object.assign(window, { parleyPush });

  document.addEventListener('click', (event) => {
    const wish = event.target instanceof Element && event.target.closest('[data-parley-push]');
    if (!wish) return;
    const run = wish.getAttribute('data-parley-push') === 'unsubscribe' ? unsubscribe : subscribe;
    run().catch((error) => console.error('parley-push:', error));
  });

  keep().catch((error) => console.error('parley-push:', error));

  /** @returns {Promise<State>} */
  async function state() {
    if (!able)
      return /** @type {{ standalone?: boolean }} */ (navigator).standalone === false ? 'install' : 'unsupported';
    if (Notification.permission === 'denied') return 'denied';
    return (await subscription()) ? 'subscribed' : 'unsubscribed';
  }

  /**
   * Call it while a tap counts: browsers ask the customer only then. Throws when Parley refuses the key or the page's origin.
   * @returns {Promise<State>}
   */
  async function subscribe() {
    if (!able || (await Notification.requestPermission()) !== 'granted') return announce();
    await tellOf(await hold(await registration()));
    return announce();
  }

  /** @returns {Promise<State>} */
  async function unsubscribe() {
    const held = able ? await subscription() : null;
    if (!held) return announce();
    const { first } = await recall();
    const gone = held.toJSON();
    await held.unsubscribe();
    await tell({ event: 'unsubscribed', key, subscription: gone, first });
    await remember(first ? { first } : {});
    return announce();
  }

  /** At each visit: a subscription that the browser renewed unheard, whose telling was lost, or that belongs to an older key. */
  async function keep() {
    if (!able || Notification.permission !== 'granted' || !(await subscription())) return;
    await tellOf(await hold(await registration()));
    await announce();
  }

  /** @param {ServiceWorkerRegistration} site */
  async function hold(site) {
    const held = await site.pushManager.getSubscription();
    if (held && isOfKey(held)) return held;
    await held?.unsubscribe();
    return site.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
  }

  /** Once for each subscription and account: a site that is connected anew keeps its subscribers. @param {PushSubscription} held */
  async function tellOf(held) {
    const { first = held.toJSON(), told } = await recall();
    const telling = `${webhook} ${held.endpoint}`;
    if (told === telling) return;
    const known = await tell({ event: 'subscribed', key, subscription: held.toJSON(), first, name });
    await remember(known ? { first, told: telling } : { first });
  }

  /**
   * Text needs no leave of the other origin (CORS) to be sent. False when no answer could be read: the next visit tells again.
   * @param {object} event
   */
  async function tell(event) {
    const answer = await fetch(webhook, { method: 'POST', body: JSON.stringify(event), keepalive: true }).catch(
      () => undefined,
    );
    if (answer && !answer.ok) throw new Error(`Parley answered ${answer.status}: check the key and the site's origin`);
    return answer !== undefined;
  }

  async function announce() {
    const detail = await state();
    document.dispatchEvent(new CustomEvent('parley-push', { detail }));
    return detail;
  }

  async function subscription() {
    const site = await navigator.serviceWorker.getRegistration();
    return (await site?.pushManager.getSubscription()) ?? null;
  }

  async function registration() {
    if (worker !== 'own') {
      await navigator.serviceWorker.register(`${worker}?${new URLSearchParams({ webhook, key })}`);
    }
    return navigator.serviceWorker.ready;
  }

  /** @param {PushSubscription} held */
  function isOfKey({ options }) {
    const own = bytesOf(key);
    const used = new Uint8Array(options.applicationServerKey ?? own);
    return used.length === own.length && used.every((byte, index) => byte === own[index]);
  }

  /** @param {string} text base64url */
  function bytesOf(text) {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
  }

  /** «Chrome, Android»: what an agent sees of a customer without a name. */
  function device() {
    const agent = navigator.userAgent;
    const browsers = {
      Edg: 'Edge',
      OPR: 'Opera',
      SamsungBrowser: 'Samsung Internet',
      Firefox: 'Firefox',
      Chrome: 'Chrome',
    };
    const systems = { Android: 'Android', iPhone: 'iPhone', iPad: 'iPad', Windows: 'Windows', 'Mac OS': 'macOS' };
    /** @param {Record<string, string>} signs @param {string} other */
    const named = (signs, other) => Object.entries(signs).find(([sign]) => agent.includes(sign))?.[1] ?? other;
    return `${named(browsers, 'Safari')}, ${named(systems, 'Linux')}`;
  }

  /** What page and worker both know. @returns {Promise<Memory>} */
  async function recall() {
    const kept = await (await caches.open('parley-push')).match('/parley-push');
    return kept ? kept.json() : {};
  }

  /** @param {Memory} memory */
  async function remember(memory) {
    await (await caches.open('parley-push')).put('/parley-push', new Response(JSON.stringify(memory)));
  }
})();
