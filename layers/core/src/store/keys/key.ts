/** The primary key of an item. This folder is the only place that knows how one is made. */
export interface Key {
  pk: string;
  sk: string;
}
