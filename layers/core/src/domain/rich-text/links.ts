/** What has to stand behind the words of a link where only words can go: nothing when they say the address already. */
export function addressBehind(words: string, url: string): string {
  return bare(words) === bare(url) ? '' : ` (${url.replace(/^(mailto|tel):/i, '')})`;
}

function bare(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/|mailto:|tel:)/, '')
    .replace(/\/$/, '');
}
