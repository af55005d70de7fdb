/** The error codes this engine answers with, and their HTTP status. */
const STATUS = {
  ConditionalCheckFailedException: 400,
  ExpiredIteratorException: 400,
  IdempotentParameterMismatchException: 400,
  InternalServerError: 500,
  LimitExceededException: 400,
  MissingAuthenticationTokenException: 400,
  ProvisionedThroughputExceededException: 400,
  RequestLimitExceeded: 400,
  ResourceInUseException: 400,
  ResourceNotFoundException: 400,
  SerializationException: 400,
  ServiceUnavailable: 503,
  ThrottlingException: 400,
  TransactionCanceledException: 400,
  TransactionConflictException: 400,
  TrimmedDataAccessException: 400,
  UnknownOperationException: 400,
  ValidationException: 400,
} as const;

export type ErrorCode = keyof typeof STATUS;

/** A failure the caller is told about, in DynamoDB's own words. `details` are extra members of the answer, such as `Item`. */
export class DynamoDbError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return STATUS[this.code];
  }

  /** The body of the answer, as the JSON 1.0 protocol shapes errors. */
  toBody(): object {
    return { __type: `com.amazonaws.dynamodb.v20120810#${this.code}`, message: this.message, ...this.details };
  }
}

export function validation(message: string): DynamoDbError {
  return new DynamoDbError('ValidationException', message);
}

/** A value that makes no sense for the parameter it was given for. */
export function invalidParameter(message: string): DynamoDbError {
  return validation(`One or more parameter values were invalid: ${message}`);
}

export function notFound(message = 'Requested resource not found'): DynamoDbError {
  return new DynamoDbError('ResourceNotFoundException', message);
}
