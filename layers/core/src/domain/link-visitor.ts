/**
 * Programs that fetch a link to show a preview of it, or to look through the web, by what they call themselves (lower case). Most end in «bot»,
 * and so does a make of phones (CUBOT).
 */
const program =
  /(?<!cu)bot\b|spider|crawl|preview|facebookexternalhit|facebookcatalog|meta-external|whatsapp\/|slack-imgproxy|iframely|embedly|google-safety|google-pagerenderer|googleimageproxy|headlesschrome/;

/** Whether it is a person who opens a link, as far as the request tells. Header names are lower case. */
export function isPerson(method: string, headers: Record<string, string | undefined>): boolean {
  const agent = headers['user-agent']?.toLowerCase() ?? '';
  const purpose = ['purpose', 'x-purpose', 'sec-purpose', 'x-moz'].map((name) => headers[name]).join(' ');
  return method === 'GET' && agent !== '' && !/prefetch|preview/i.test(purpose) && !program.test(agent);
}
