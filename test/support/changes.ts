/** Something was written into a table of this process: whoever waits for anything to come about looks again. */

let change = Promise.withResolvers<void>();

export function tellOfChange(): void {
  change.resolve();
  change = Promise.withResolvers();
}

/** Resolves with the first change after the call. */
export function nextChange(): Promise<void> {
  return change.promise;
}
