import type { BroadcastRow, BroadcastToMake, DryRunRow } from './broadcast-rows.ts';
import type { Request, Result } from './http.ts';
import type { Ask } from './sending-calls.ts';

export type BroadcastAct = 'start' | 'pause' | 'resume' | 'cancel' | 'export' | 'retry';

/** What is done with messages to many. */
export interface BroadcastCalls {
  /** Newest first. */
  broadcasts(limit: number): Promise<Result<BroadcastRow[]>>;
  createBroadcast(broadcast: BroadcastToMake): Promise<Result<BroadcastRow>>;
  actOnBroadcast(act: BroadcastAct, id: string, more?: { scheduled_at: string }): Promise<Result<BroadcastRow>>;
  previewBroadcast(id: string): Promise<Result<DryRunRow>>;
}

interface AskWhole extends Ask {
  authorized<T>(request: Request): Promise<Result<T>>;
}

const path = '/rest/v1/broadcasts';

export function createBroadcastCalls({ get, act, authorized }: AskWhole): BroadcastCalls {
  return {
    broadcasts: (limit) => get(path, { select: '*', order: 'created_at.desc', limit: String(limit) }),
    createBroadcast: (body) => authorized({ method: 'POST', path, body }),
    actOnBroadcast: (name, id, more) => act(`${name}_broadcast`, { id, ...more }),
    previewBroadcast: (id) => act('preview_broadcast', { id }),
  };
}
