/** Names that look alike are one: small and large letters, and the forms Unicode has of one letter. */
export function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
