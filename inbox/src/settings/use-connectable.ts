import { useEffect, useState } from 'react';
import type { ConnectableChannel } from '../api/account-rows.ts';
import { useDesk } from '../inbox/desk-context.ts';
import type { Desk } from '../sync/desk.ts';

const asked = new WeakMap<Desk, Promise<ConnectableChannel[]>>();

/** How accounts of each channel are connected; empty until that is known. Asked once. */
export function useConnectable(): ConnectableChannel[] {
  const desk = useDesk();
  const [channels, setChannels] = useState<ConnectableChannel[]>([]);
  useEffect(() => {
    let wanted = true;
    void ask(desk).then((found) => wanted && setChannels(found));
    return () => {
      wanted = false;
    };
  }, [desk]);
  return channels;
}

function ask(desk: Desk): Promise<ConnectableChannel[]> {
  const known = asked.get(desk) ?? read(desk);
  asked.set(desk, known);
  return known;
}

async function read(desk: Desk): Promise<ConnectableChannel[]> {
  const answer = await desk.client.connectable();
  if (!answer.ok) asked.delete(desk);
  return answer.ok ? answer.value : [];
}
