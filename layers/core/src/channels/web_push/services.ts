import { manifest } from './manifest.ts';

/** The push services of the browsers there are: Chrome and its kin, Firefox, Safari, Edge. */
const SERVICES = [
  /^https:\/\/fcm\.googleapis\.com\/(fcm\/send|wp)\/./,
  /^https:\/\/[\w-]+(\.[\w-]+)*\.push\.services\.mozilla\.com\/./,
  /^https:\/\/[\w-]+(\.[\w-]+)*\.push\.apple\.com\/./,
  /^https:\/\/[\w-]+(\.[\w-]+)*\.notify\.windows\.com\/./,
];

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** A subscription comes from a browser that anyone may be, so we ask only services we know, and a machine only about itself. */
export function isPushService(endpoint: string): boolean {
  const url = URL.parse(endpoint);
  if (!url || url.username || url.password) return false;
  // what is matched is the address as it will be asked
  return LOOPBACK.test(url.hostname) || SERVICES.some((service) => service.test(url.href));
}

/**
 * Where to ask for this endpoint; undefined when it may not be asked. A server that stands in for the push services has each of them under its host, and
 * may have subscriptions of its own on loopback.
 */
export function addressOf(endpoint: string, baseUrl: string): string | undefined {
  const [url, base] = [URL.parse(endpoint), URL.parse(baseUrl)];
  if (!url || !base || !isPushService(endpoint)) return undefined;
  if (LOOPBACK.test(url.hostname)) return url.origin === base.origin ? endpoint : undefined;
  const isStandIn = base.origin !== new URL(manifest.baseUrl).origin;
  return isStandIn ? `${baseUrl.replace(/\/+$/, '')}/${url.hostname}${url.pathname}${url.search}` : endpoint;
}

/** Edge's service takes a message that is not to be kept only when it is told so twice. */
export function headersFor(endpoint: string, ttl: number): Record<string, string> {
  const isEdge = URL.parse(endpoint)?.hostname.endsWith('.notify.windows.com') === true;
  return isEdge && ttl === 0 ? { 'x-wns-cache-policy': 'no-cache' } : {};
}
