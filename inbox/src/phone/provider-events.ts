const listeners = new Map<() => void, string>();
let stream: EventSource | undefined;

/**
 * Calls back when something happens at a provider, or may have been missed. A browser gives one host six connections in all, so every phone hears
 * through the page's one stream, and a page that nobody looks at gives it back.
 */
export function onEvents(provider: string, heard: () => void): () => void {
  listeners.set(heard, provider);
  stream ??= open();
  return () => {
    listeners.delete(heard);
    if (listeners.size > 0) return;
    stream?.close();
    stream = undefined;
  };
}

function open(): EventSource {
  const events = new EventSource('/providers/events');
  events.addEventListener('open', () => tell());
  events.addEventListener('message', (event: MessageEvent<string>) => tell(providerOf(event.data)));
  return events;
}

/** Everyone, when it is not known whom an event is about. */
function tell(provider?: string): void {
  for (const [heard, own] of listeners) if (provider === undefined || provider === own) heard();
}

function providerOf(data: string): string | undefined {
  const event: unknown = JSON.parse(data);
  return typeof event === 'object' && event !== null && 'provider' in event && typeof event.provider === 'string'
    ? event.provider
    : undefined;
}
