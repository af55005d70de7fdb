import { randomUUID } from 'node:crypto';
import { json, type Answer } from '../http.ts';
import type { Json } from '../../json.ts';

/** A refusal, by TikTok's code. */
export interface Refusal {
  code: number;
  message: string;
}

export function isRefusal(value: object): value is Refusal {
  return 'code' in value && 'message' in value;
}

export function refuse(code: number, message: string): Refusal {
  return { code, message };
}

export function ok(data: Json): Answer {
  return json(200, { code: 0, message: 'OK', request_id: requestId(), data });
}

/** A refusal has HTTP 200 too. */
export function refused({ code, message }: Refusal, status = 200): Answer {
  return json(status, { code, message, request_id: requestId(), data: {} });
}

function requestId(): string {
  return randomUUID().replaceAll('-', '').toUpperCase();
}
