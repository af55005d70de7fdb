/** Ids and codes only: never a message's text, a token or a phone number. */
type Fields = Record<string, unknown>;

/** One JSON object per line, as CloudWatch Logs Insights reads it. */
export const log = {
  info: (message: string, fields: Fields = {}) => write('INFO', message, fields),
  warn: (message: string, fields: Fields = {}) => write('WARN', message, fields),
  error: (message: string, fields: Fields = {}) => write('ERROR', message, fields),
};

/**
 * What goes as it should, event by event: each line costs, so it is written only where the deployment's `logLevel` asks for it. Lambda tells a function its level by
 * this variable: docs.aws.amazon.com/powertools/typescript/latest/features/logger/#aws-lambda-advanced-logging-controls-alc
 */
export function logDetail(message: string, fields: Fields): void {
  if (process.env['AWS_LAMBDA_LOG_LEVEL'] === 'DEBUG') write('DEBUG', message, fields);
}

function write(level: string, message: string, { error, ...fields }: Fields): void {
  process.stdout.write(`${JSON.stringify({ level, message, ...fields, ...describe(error) })}\n`);
}

/** Where it went wrong, without the error's data: a message of AWS or a parser may quote what it was given. */
function describe(error: unknown): Fields {
  if (!(error instanceof Error)) return error === undefined ? {} : { error: typeof error };
  return {
    error: error.name,
    stack: error.stack
      ?.split('\n')
      .slice(1, 6)
      .map((line) => line.trim()),
  };
}
