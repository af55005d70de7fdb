/** US dollars, us-east-1, on demand, as AWS's price pages had them in 2026. Free tiers are left out. */
export const prices = {
  dynamoDbWriteUnit: 0.625e-6,
  dynamoDbReadUnit: 0.125e-6,
  /** arm64; start-up counts as running */
  lambdaGbSecond: 0.000_013_333_4,
  lambdaRequest: 0.2e-6,
  /** per started 512 KB */
  httpApiRequest: 1e-6,
  /** per started 32 KB */
  webSocketMessage: 1e-6,
  /** FIFO, per started 64 KB; a batch of ten is one */
  sqsRequest: 0.5e-6,
  kmsRequest: 3e-6,
} as const;

/** What can't be counted on one machine. A duration here is a guess at AWS's, never a measurement of this machine. */
export const assumptions = {
  memoryGb: 0.5,
  /** stream records, or queued messages, that one invocation takes: the budgets' «in traffic» */
  batch: 4,
  /** connected clients of the organization that each hear of every change */
  clients: 1,
  /** milliseconds that one invocation runs */
  duration: { webhook: 10, api: 20, dispatch: 15, sender: 400, project: 30 },
  /** a share of invocations starts an environment, which takes so many milliseconds more */
  starts: { share: 0.01, duration: 300 },
  /** an environment decrypts an account's credentials every quarter of an hour, and takes a message a second */
  decryptsPerMessage: 1 / 900,
} as const;

type FunctionName = keyof (typeof assumptions)['duration'];

/** What a message makes run. Which records of the table's stream wake a function, its filters say (`test/costs` counts them). */
export interface Path {
  httpRequests: number;
  invocations: Partial<Record<FunctionName, number>>;
  sqsRequests: number;
}

const { batch } = assumptions;

/** Most messages that a sender gets at once, as its queue's mapping has it (`infra/queue.ts`). */
const senderBatch = 10;

/** Each webhook brings one message or one status. No function writes a line to the log for a message that goes well (`test/costs`). */
export const paths = {
  // stream record: the message
  inbound: { httpRequests: 1, invocations: { webhook: 1, project: 1 / batch }, sqsRequests: 0 },
  // stream record: the message
  status: { httpRequests: 1, invocations: { webhook: 1, project: 1 / batch }, sqsRequests: 0 },
  // stream records: the message put and receipted; a batch is sent, received and deleted
  outbound: {
    httpRequests: 1,
    invocations: { api: 1, dispatch: 1 / batch, sender: 1 / batch, project: 2 / batch },
    sqsRequests: 3 / batch,
  },
  // the same where a queue holds more than a sender takes at once: it receives and deletes ten together
  outboundFull: {
    httpRequests: 1,
    invocations: { api: 1, dispatch: 1 / batch, sender: 1 / senderBatch, project: 2 / batch },
    sqsRequests: 1 / batch + 2 / senderBatch,
  },
} as const satisfies Record<string, Path>;
