import { inboxTables } from './tables/inbox.ts';
import { libraryTables } from './tables/library.ts';
import { messageTables } from './tables/messages.ts';
import { organizationTables } from './tables/organization.ts';
import { sendingTables } from './tables/sending.ts';

/** What `/rest/v1` knows of each table, its columns in the order rows have them. */
export const tables = {
  ...messageTables,
  ...inboxTables,
  ...sendingTables,
  ...libraryTables,
  ...organizationTables,
};

export type TableName = keyof typeof tables;
