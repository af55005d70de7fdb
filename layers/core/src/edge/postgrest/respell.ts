import type { Filter, Operator, TableSchema } from './query.ts';

/** These hold a column against values as they are, and not against patterns. */
const exact: readonly Operator[] = ['eq', 'neq', 'in', 'isdistinct', 'cs', 'cd', 'ov'];

/** A filter with its values as the table's rows have them: known words whatever their case, and what may be spelled otherwise. */
export function respell(filter: Filter, table: TableSchema): Filter {
  switch (filter.kind) {
    case 'comparison': {
      const { operand, operator, values } = filter;
      if (operand.path.length > 0 || !exact.includes(operator)) return filter;
      return { ...filter, values: values.map((value) => asStored(operand.column, value, table)) };
    }
    case 'not':
      return { kind: 'not', filter: respell(filter.filter, table) };
    default:
      return { ...filter, filters: filter.filters.map((each) => respell(each, table)) };
  }
}

function asStored(column: string, written: string, { words = {}, spelled = {} }: TableSchema): string {
  const known = Object.hasOwn(words, column) ? words[column] : undefined;
  const word = known?.find((each) => each.toLowerCase() === written.toLowerCase());
  if (word !== undefined) return word;
  return (Object.hasOwn(spelled, column) ? spelled[column]?.(written) : undefined) ?? written;
}
