import type { Context } from 'aws-lambda';
import { log } from '@parley/core/edge/log.ts';
import { commands } from './commands.ts';

type Answer = ({ ok: true } & object) | { ok: false; code: string; message: string };

/**
 * What whoever runs the deployment asks for, by `aws lambda invoke`: `{"action": "create_organization", "name": "Nile"}`. IAM decides who may. Everything
 * is answered as a value, also what we did not expect, whose reason is in the log.
 */
export async function handler(payload: unknown, context: Context): Promise<Answer> {
  const { action, ...fields } = Object(payload) as Record<string, unknown>;
  const command = typeof action === 'string' && Object.hasOwn(commands, action) ? commands[action] : undefined;
  if (!command) return unknownAction();
  try {
    const outcome = await command(fields, context);
    log.info('admin', { requestId: context.awsRequestId, action, ...aboutOf(fields), ...codeOf(outcome) });
    return outcome.ok ? { ok: true, ...outcome.value } : outcome;
  } catch (error) {
    log.error('admin failed', { requestId: context.awsRequestId, action, error });
    const message = `Something went wrong: look for '${context.awsRequestId}' in this function's log`;
    return { ok: false, code: 'internal_error', message };
  }
}

function unknownAction(): Answer {
  const message = `'action': must be one of ${Object.keys(commands).join(', ')}`;
  return { ok: false, code: 'unknown_action', message };
}

/** Ids only: no name, no address, no key. */
function aboutOf({ organization_id, api_key_id, channel }: Record<string, unknown>): Record<string, unknown> {
  return { organization: organization_id, apiKey: api_key_id, channel };
}

function codeOf(outcome: { ok: boolean; code?: string }): { code?: string } {
  return outcome.code === undefined ? {} : { code: outcome.code };
}
