/** What is typed behind a slash at the end of a text: the beginning of a quick reply's shortcut. */
export function shortcutIn(text: string): string | undefined {
  return /(?:^|\s)\/([\p{L}\p{M}\p{N}_-]{0,32})$/u.exec(text)?.[1];
}

/** The text with the words in the place of the shortcut that it ends with. */
export function replaceShortcut(text: string, words: string): string {
  const typed = shortcutIn(text);
  return typed === undefined ? text : text.slice(0, text.length - typed.length - 1) + words;
}
