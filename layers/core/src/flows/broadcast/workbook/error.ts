/** What is wrong with a workbook, in words for whoever brought it. */
export class WorkbookError extends Error {
  override name = 'WorkbookError';
}
