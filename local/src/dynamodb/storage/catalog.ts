import { notFound } from '../errors.ts';
import type { Table } from '../tables/table.ts';
import type { Database } from './database.ts';

/** The table definitions, held in memory and kept in the file. */
export type Catalog = {
  all(): Table[];
  find(name: string): Table | undefined;
  /** By name or ARN; throws ResourceNotFoundException. */
  require(nameOrArn: string): Table;
  insert(definition: Omit<Table, 'id'>): Table;
  replace(table: Table): void;
  /** Removes the definition and everything stored under it. */
  remove(table: Table): void;
};

export function openCatalog(db: Database): Catalog {
  const tables = loadTables(db);
  const find = (name: string): Table | undefined => tables.get(name);
  const replace = (table: Table): void => {
    db.run('UPDATE tables SET definition = ? WHERE id = ?', JSON.stringify(table), table.id);
    tables.set(table.name, table);
  };
  return {
    all: () => [...tables.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    find,
    require(nameOrArn) {
      const table = find(nameOrArn.replace(/^arn:.*?:table\//, ''));
      if (!table) throw notFound();
      return table;
    },
    insert(definition) {
      const { id } = db.run('INSERT INTO tables (name, definition) VALUES (?, ?)', definition.name, '{}');
      const table = { ...definition, id };
      replace(table);
      return table;
    },
    replace,
    remove(table) {
      for (const name of ['index_entries', 'items', 'stream_records'])
        db.run(`DELETE FROM ${name} WHERE table_id = ?`, table.id);
      db.run('DELETE FROM tables WHERE id = ?', table.id);
      tables.delete(table.name);
    },
  };
}

function loadTables(db: Database): Map<string, Table> {
  const rows = db.all<{ name: string; definition: string }>('SELECT name, definition FROM tables');
  return new Map(rows.map((row) => [row.name, JSON.parse(row.definition) as Table]));
}
