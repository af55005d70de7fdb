/**
 * Programs that fetch a link to show a preview of it, or to look through the web, by parts of what they call themselves (lower case). Names, and
 * not the word «bot», which phones have in theirs (CUBOT).
 */
const programs = [
  'facebookexternalhit',
  'facebookcatalog',
  'meta-external',
  'whatsapp/',
  'telegrambot',
  'slackbot',
  'slack-imgproxy',
  'twitterbot',
  'discordbot',
  'linkedinbot',
  'skypeuripreview',
  'pinterestbot',
  'redditbot',
  'iframely',
  'embedly',
  'viberbot',
  'googlebot',
  'google-safety',
  'google-pagerenderer',
  'googleimageproxy',
  'bingbot',
  'bingpreview',
  'applebot',
  'yandexbot',
  'duckduckbot',
  'baiduspider',
  'petalbot',
  'ahrefsbot',
  'semrushbot',
  'headlesschrome',
];

/** Whether it is a person who opens a link, as far as the request tells. Header names are lower case. */
export function isPerson(method: string, headers: Record<string, string | undefined>): boolean {
  const agent = headers['user-agent']?.toLowerCase() ?? '';
  const purpose = `${headers['purpose'] ?? ''} ${headers['sec-purpose'] ?? ''} ${headers['x-moz'] ?? ''}`;
  return (
    method === 'GET' &&
    agent !== '' &&
    !/prefetch|preview/i.test(purpose) &&
    !programs.some((name) => agent.includes(name))
  );
}
