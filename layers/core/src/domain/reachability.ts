/**
 * Why someone can't be written to on a channel: they asked us to stop, blocked the account, reported it, or are not at this
 * address any more. Who wants `no_marketing` gets answers still: which messages are marketing the provider decides.
 */
export type Unreachable = 'opted_out' | 'no_marketing' | 'blocked' | 'complained' | 'gone';

/** Why someone is not written to, in words for whoever tried. */
export function unreachableWords(why: Unreachable, label: string): string {
  switch (why) {
    case 'opted_out':
      return `this person asked not to get messages on ${label}`;
    case 'no_marketing':
      return `this person asked not to get marketing on ${label}`;
    case 'blocked':
      return `this person has blocked the account on ${label}`;
    case 'complained':
      return `this person has reported messages of this account on ${label}`;
    case 'gone':
      return `there is nobody at this ${label} address any more`;
  }
}
