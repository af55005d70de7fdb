export type BroadcastStatus =
  | 'DRAFT'
  | 'IMPORTING'
  | 'READY'
  | 'RUNNING'
  | 'PAUSED'
  | 'CANCELLED'
  | 'COMPLETED'
  | 'FAILED';

/** How many of the recipients stand where: together they are all of them. */
export interface BroadcastCounts {
  /** no message was made for them yet */
  waiting: number;
  pending: number;
  sent: number;
  delivered: number;
  read: number;
  /** failed, because the provider never said whether it took them */
  unknown: number;
  /** for any other reason */
  failed: number;
  skipped: number;
}

/** One message to many. */
export interface BroadcastRow {
  id: string;
  name: string | null;
  channel: string;
  channel_account_id: string;
  status: BroadcastStatus;
  content: { message?: string; template?: { name: string } };
  scheduled_at: string | null;
  /** what was found in the list */
  totals: { rows: number; recipients: number; duplicates: number; bad_rows: number; opted_out: number };
  progress: BroadcastCounts & { per_minute: number | null; seconds_left: number | null };
  bad_rows_url: string | null;
  export: { status: 'working' | 'ready'; url: string | null } | null;
  /** why it failed: in words, by its code, and with the values in the words */
  problem: string | null;
  problem_code: string | null;
  problem_details: { rows?: number; row?: number; column?: string; sheet?: string } | null;
  created_at: string;
}

/** A broadcast to be made; its list is read at once. */
export interface BroadcastToMake {
  name?: string;
  channel: string;
  channel_account_id: string;
  content: object;
  audience: { kind: 'file'; upload_id: string; mapping?: Record<string, string>; encoding?: string };
  default_country?: string;
}

/** What a broadcast would come to. */
export interface DryRunRow {
  sampled: number;
  refused: number;
  segments: { least: number; most: number; average: number } | null;
  cost: { amount: number; currency: string } | null;
  samples: {
    to: string;
    name: string | null;
    preview: RecipientPreview;
  }[];
}

export interface RecipientPreview {
  message: string | null;
  problem: { code: string; message: string } | null;
}
