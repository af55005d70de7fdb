/**
 * Why someone can't be written to on a channel: they asked us to stop, blocked the account, reported it, or are not at this
 * address any more.
 */
export type Unreachable = 'opted_out' | 'blocked' | 'complained' | 'gone';
