import type { Index, Table } from '../tables/table.ts';
import { findIndex } from '../tables/table.ts';

/** Units one request used on one table, by index and on the table itself. */
export type TableUse = { table: Table; reads: Units; writes: Units; conditionFailed: boolean };
type Units = { table: number; byIndex: Map<string, number> };

/** Adds up what one request uses. */
export type Meter = {
  read(table: Table, index: Index | undefined, units: number): void;
  write(table: Table, index: Index | undefined, units: number): void;
  conditionFailed(table: Table): void;
  uses(): TableUse[];
};

export type ReturnConsumedCapacity = 'NONE' | 'TOTAL' | 'INDEXES';

export function openMeter(): Meter {
  const uses = new Map<string, TableUse>();
  const useOf = (table: Table): TableUse => {
    const use = uses.get(table.name) ?? { table, reads: noUnits(), writes: noUnits(), conditionFailed: false };
    uses.set(table.name, use);
    return use;
  };
  return {
    read: (table, index, units) => add(useOf(table).reads, index, units),
    write: (table, index, units) => add(useOf(table).writes, index, units),
    conditionFailed(table) {
      useOf(table).conditionFailed = true;
    },
    uses: () => [...uses.values()],
  };
}

export function total(units: Units): number {
  return units.byIndex.values().reduce((sum, part) => sum + part, units.table);
}

/** Units of a use by index name, reads and writes together. */
export function unitsByIndex(use: TableUse): Record<string, number> {
  const names = new Set([...use.reads.byIndex.keys(), ...use.writes.byIndex.keys()]);
  return Object.fromEntries(
    [...names].map((name) => [name, (use.reads.byIndex.get(name) ?? 0) + (use.writes.byIndex.get(name) ?? 0)]),
  );
}

/** The `ConsumedCapacity` member of a request about one table; nothing unless it was asked for. */
export function consumedByOne(meter: Meter, asked: ReturnConsumedCapacity | undefined): object {
  const [use] = meter.uses();
  return isAsked(asked) && use ? { ConsumedCapacity: consumed(use, asked) } : {};
}

/** The `ConsumedCapacity` member of a request about several tables. */
export function consumedByEach(meter: Meter, asked: ReturnConsumedCapacity | undefined): object {
  return isAsked(asked) ? { ConsumedCapacity: meter.uses().map((use) => consumed(use, asked)) } : {};
}

function isAsked(asked: ReturnConsumedCapacity | undefined): asked is 'TOTAL' | 'INDEXES' {
  return asked === 'TOTAL' || asked === 'INDEXES';
}

function consumed(use: TableUse, asked: 'TOTAL' | 'INDEXES'): object {
  const sum = { TableName: use.table.name, CapacityUnits: total(use.reads) + total(use.writes) };
  if (asked === 'TOTAL') return sum;
  return {
    ...sum,
    Table: { CapacityUnits: use.reads.table + use.writes.table },
    ...byScope(use, 'local', 'LocalSecondaryIndexes'),
    ...byScope(use, 'global', 'GlobalSecondaryIndexes'),
  };
}

function byScope(use: TableUse, scope: Index['scope'], member: string): object {
  const units = Object.entries(unitsByIndex(use)).filter(([name]) => findIndex(use.table, name)?.scope === scope);
  if (units.length === 0) return {};
  return { [member]: Object.fromEntries(units.map(([name, part]) => [name, { CapacityUnits: part }])) };
}

function add(units: Units, index: Index | undefined, amount: number): void {
  if (!index) units.table += amount;
  else if (amount > 0) units.byIndex.set(index.name, (units.byIndex.get(index.name) ?? 0) + amount);
}

function noUnits(): Units {
  return { table: 0, byIndex: new Map() };
}
