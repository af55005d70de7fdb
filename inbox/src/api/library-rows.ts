/** A canned answer. `channels` null: for all of them. */
export interface QuickReplyRow {
  id: string;
  shortcut: string;
  title: string | null;
  /** Markdown, with variables */
  message: string;
  channels: string[] | null;
}

/** A template as its provider keeps it. */
export interface TemplateRow {
  id: string;
  name: string;
  language: string;
  status: string;
  header: { format: string; text?: string } | null;
  body: string | null;
  footer: string | null;
  buttons: { type: string; text: string; url?: string }[];
}

/** What a template is filled with. */
export interface FilledTemplate {
  name: string;
  language: string;
  parameters?: string[] | Record<string, string>;
  header?: object;
  buttons?: { index: number; url?: string; code?: string }[];
}

export interface PreviewRow {
  channel: string;
  problem: { code: string; message: string; hint: string | null } | null;
  message: string | null;
}
