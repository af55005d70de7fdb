import { useEffect, useState } from 'react';

const STAYS_MS = 5000;

/** A short word on how something went, said to everyone. Its place is always there, so that it is heard when it changes. */
export function Notice({ words }: { words: string | null }) {
  return (
    <p className="notice" role="status" data-testid="notice">
      {words}
    </p>
  );
}

/** What a notice says, gone after a moment. */
export function useNotice(): [string | null, (words: string) => void] {
  const [notice, setNotice] = useState<{ words: string } | null>(null);
  useEffect(() => {
    const timer = notice === null ? undefined : setTimeout(() => setNotice(null), STAYS_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return [notice?.words ?? null, (words) => setNotice({ words })];
}
