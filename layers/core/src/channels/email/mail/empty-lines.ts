/** The lines, without those empty ones that come after so many empty ones. */
export function withFewEmptyLines(lines: string[], most: number): string[] {
  let empty = 0;
  return lines.filter((line) => {
    empty = /^[ \t]*$/.test(line) ? empty + 1 : 0;
    return empty <= most;
  });
}
