import { useWords } from '../i18n/language.tsx';
import { variableOf, type Column, type ListHead } from './list-head.ts';

interface Props {
  head: ListHead;
  columns: Column[];
  onChange: (columns: Column[]) => void;
}

/** The first rows of a list, and what each of its columns is. */
export function ColumnFields({ head, columns, onChange }: Props) {
  const { text } = useWords();
  const words = text.broadcasts;

  function choose(index: number, is: string): void {
    const chosen = is === 'to' || is === 'name' ? is : variableOf(head.header[index] ?? '');
    onChange(columns.map((each, at) => (at === index ? chosen : released(each, chosen, head.header[at] ?? ''))));
  }

  return (
    <div className="columns" role="region" aria-label={words.columns} tabIndex={0} data-testid="columns">
      <table>
        <thead>
          <tr>
            {head.header.map((heading, index) => (
              // A heading may come twice.
              <th key={`${index} ${heading}`} scope="col">
                <bdi>{heading}</bdi>
                <select
                  value={valueOf(columns[index] ?? null)}
                  aria-label={words.columnIs(heading)}
                  onChange={(event) => choose(index, event.target.value)}
                  data-testid="column"
                >
                  <option value="to">{words.asRecipient}</option>
                  <option value="name">{words.asName}</option>
                  <Variable heading={heading} />
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {head.rows.map((row) => (
            <tr key={row.join('\n')}>
              {head.header.map((heading, index) => (
                <td key={`${index} ${heading}`}>
                  <bdi>{row[index]}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {!columns.includes('to') && (
        <p className="trouble" role="alert">
          {words.noRecipientColumn}
        </p>
      )}
    </div>
  );
}

function Variable({ heading }: { heading: string }) {
  const { text } = useWords();
  const column = variableOf(heading);
  const name = column && typeof column === 'object' ? column.variable : '';
  return <option value="variable">{name === '' ? '—' : text.broadcasts.asVariable(name)}</option>;
}

/** Only one column is the recipient, and one the name. */
function released(column: Column, chosen: Column, heading: string): Column {
  return typeof chosen === 'string' && column === chosen ? variableOf(heading) : column;
}

function valueOf(column: Column): string {
  return typeof column === 'string' ? column : 'variable';
}
