import type { ProblemDetails } from '../../../domain/broadcast-problem.ts';

type Code = 'file_gone' | 'no_sheet' | 'no_workbook' | 'workbook_damaged' | 'workbook_too_large';

/** What is wrong with a workbook, in words for whoever brought it. */
export class WorkbookError extends Error {
  override name = 'WorkbookError';
  readonly code: Code;
  readonly details: ProblemDetails | undefined;

  constructor(code: Code, message: string, details?: ProblemDetails) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

export function damaged(): WorkbookError {
  return new WorkbookError('workbook_damaged', 'The workbook is damaged');
}
