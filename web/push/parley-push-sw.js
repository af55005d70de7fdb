/// <reference lib="webworker" />
/**
 * Parley's service worker for web push: shows what is pushed, and tells Parley what became of it.
 *
 * Put it at the root of the site, where parley-push.js registers it. A site that has a worker of its own imports it there instead:
 *     self.parleyPush = { webhook: 'https://…/functions/v1/web-push-webhook/acc_…', key: 'B…' };
 *     importScripts('/parley-push-sw.js');
 *
 * @typedef {{ id: string, token: string, url?: string }} Push what Parley knows a push by; `url`, added here, is where a tap leads
 * @typedef {{ action: string, title: string, navigate?: string }} Button
 * @typedef {{ title: string, data: Push, actions?: Button[], image?: string, navigate?: string } & NotificationOptions} Pushed
 * @typedef {{ first?: PushSubscriptionJSON }} Memory
 */
(() => {
  const worker = /** @type {ServiceWorkerGlobalScope & { parleyPush?: { webhook: string, key: string } }} */ (
    /** @type {unknown} */ (self)
  );
  const query = new URL(worker.location.href).searchParams;
  const webhook = worker.parleyPush?.webhook ?? query.get('webhook') ?? '';
  const key = worker.parleyPush?.key ?? query.get('key') ?? '';

  worker.addEventListener('push', (event) => {
    const pushed = read(event);
    if (pushed) event.waitUntil(show(pushed));
  });

  worker.addEventListener('notificationclick', (event) => {
    const push = pushOf(event.notification);
    if (!push) return;
    event.notification.close();
    const answer = answerOf(event);
    // An answer needs no page; a window may be opened only at once, while the tap still counts.
    event.waitUntil(Promise.all([answer ? undefined : open(push.url), clicked(push, answer)]));
  });

  worker.addEventListener('notificationclose', (event) => {
    const push = pushOf(event.notification);
    if (push) event.waitUntil(report('closed', push));
  });

  worker.addEventListener('pushsubscriptionchange', (event) => {
    const { oldSubscription, newSubscription } =
      /** @type {ExtendableEvent & { oldSubscription?: PushSubscription, newSubscription?: PushSubscription }} */ (
        event
      );
    /** @type {ExtendableEvent} */ (event).waitUntil(renew(oldSubscription, newSubscription));
  });

  /**
   * Parley's pushes only: a site's own worker may get others. A browser that has shown a declarative push itself gives it as `notification`.
   * @param {PushEvent & { notification?: Notification | null }} event
   * @returns {Pushed | undefined}
   */
  function read(event) {
    try {
      const pushed = event.notification ?? event.data?.json()?.notification;
      return pushOf(pushed) ? pushed : undefined;
    } catch {
      return undefined;
    }
  }

  /** By name, because a notification that a browser made itself has none of them as its own. */
  const shown = /** @type {const} */ ([
    'body',
    'icon',
    'badge',
    'image',
    'dir',
    'lang',
    'tag',
    'renotify',
    'requireInteraction',
    'silent',
  ]);

  /**
   * With `navigate` put away, which would take a tap past this worker.
   * @param {Pushed & { renotify?: boolean }} pushed
   */
  async function show(pushed) {
    const { title, actions, navigate, data } = pushed;
    const buttons = actions?.map(({ action, title: label }) => ({ action, title: label }));
    const all = {
      ...Object.fromEntries(shown.map((name) => [name, pushed[name]])),
      actions: buttons,
      data: navigate ? { ...data, url: navigate } : data,
    };
    const given = Object.entries(all).filter(([, value]) => value !== undefined && value !== '');
    await worker.registration.showNotification(title, Object.fromEntries(given));
    await report('delivered', data);
  }

  /** @param {Push} push @param {{ id: string, title: string } | undefined} answer */
  async function clicked(push, answer) {
    if (!answer) return report('clicked', push);
    const subscription = await worker.registration.pushManager.getSubscription();
    const { first } = await recall();
    return report('clicked', push, { action: answer, subscription: subscription?.toJSON(), first });
  }

  /**
   * The browser gave the site a new subscription, or took the old one away. Whether Parley heard it can't be known here, so a page tells it again.
   * @param {PushSubscription | null | undefined} before
   * @param {PushSubscription | null | undefined} given
   */
  async function renew(before, given) {
    const options = before?.options ?? { userVisibleOnly: true, applicationServerKey: key };
    const subscription = (given ?? (await worker.registration.pushManager.subscribe(options))).toJSON();
    const { first = before?.toJSON() ?? subscription } = await recall();
    await tell({ event: 'subscribed', key, subscription, first });
    await remember({ first });
  }

  /** @param {string | undefined} url */
  async function open(url) {
    const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const page = pages.find((each) => url === undefined || each.url === url);
    await (page ? page.focus() : worker.clients.openWindow(url ?? '/'));
  }

  /** @param {string} event @param {Push} push @param {object} [more] */
  function report(event, { id, token }, more) {
    return tell({ event, key, id, token, ...more });
  }

  /**
   * Text needs no leave of the other origin (CORS). Where the network is gone, what happens next with the notification tells as much.
   * @param {object} event
   */
  async function tell(event) {
    const request = { method: 'POST', body: JSON.stringify(event), keepalive: true };
    await fetch(webhook, { ...request, mode: 'no-cors' }).catch(() => undefined);
  }

  /** @param {NotificationEvent} event */
  function answerOf({ action, notification }) {
    if (!action.startsWith('reply:')) return undefined;
    const buttons = /** @type {{ actions?: Button[] }} */ (notification).actions ?? [];
    const id = action.slice('reply:'.length);
    return { id, title: buttons.find((button) => button.action === action)?.title ?? id };
  }

  /** @param {{ data?: Push } | undefined} notification @returns {Push | undefined} */
  function pushOf(notification) {
    const data = notification?.data;
    return typeof data?.id === 'string' && typeof data.token === 'string' ? data : undefined;
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
