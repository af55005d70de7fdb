/** The push services of the browsers there are, by host (Chrome and its kin, Firefox, Safari, Edge). */
const HOSTS = [
  /^fcm\.googleapis\.com$/,
  /^[\w-]+(\.[\w-]+)*\.push\.services\.mozilla\.com$/,
  /^[\w-]+(\.[\w-]+)*\.push\.apple\.com$/,
  /^[\w-]+(\.[\w-]+)*\.notify\.windows\.com$/,
];

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** A subscription comes from a browser that anyone may be, so we ask only services we know, and a machine only about itself. */
export function isPushService(endpoint: string): boolean {
  const url = URL.parse(endpoint);
  if (!url || url.username || url.password) return false;
  if (LOOPBACK.test(url.hostname)) return true;
  return url.protocol === 'https:' && url.port === '' && HOSTS.some((host) => host.test(url.hostname));
}

/** On loopback only the service that the account names is asked. */
export function mayAsk(endpoint: string, baseUrl: string): boolean {
  const url = URL.parse(endpoint);
  if (!url || !isPushService(endpoint)) return false;
  return !LOOPBACK.test(url.hostname) || url.origin === URL.parse(baseUrl)?.origin;
}
