import { log } from '@parley/core/edge/log.ts';
import { streamHandler } from '@parley/core/edge/stream.ts';
import { project } from '@parley/core/flows/project/project.ts';
import { readChange } from '@parley/core/store/stream-records.ts';

/** The table's stream: what is derived from messages is brought up to date, and whoever is connected is told. */
export const handler = streamHandler(async (records, source) => {
  const changes = await Promise.all(records.map(readChange));
  const { pushErrors } = await project(
    changes.filter((change) => change !== undefined),
    source,
  );
  if (pushErrors.length > 0)
    log.warn('some clients could not be told', { count: pushErrors.length, error: pushErrors[0] });
});
