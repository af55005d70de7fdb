import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openMeter } from './capacity/meter.ts';
import type { CapacityRecorder } from './capacity/recorder.ts';
import { openRecorder } from './capacity/recorder.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './engine.ts';
import { DynamoDbError } from './errors.ts';
import type { Fault, Faults } from './faults.ts';
import { openFaults } from './faults.ts';
import type { Call } from './http.ts';
import { answer, readCall } from './http.ts';
import { OPERATIONS } from './operations/index.ts';
import type { Checkpoints } from './storage/checkpoints.ts';
import { openCheckpoints } from './storage/checkpoints.ts';
import type { StreamReader } from './stream-reader.ts';
import { openStreamReader } from './stream-reader.ts';
import { sweep } from './ttl.ts';

export type DynamoDbOptions = {
  /** The SQLite file, or `:memory:`. */
  file: string;
  /** 0, the default, takes any free port. */
  port?: number;
  /** How often expired items are looked for; a second by default. */
  ttlSweepMs?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
};

/** A running endpoint, with what a process on the same machine may do beside the API. */
export type DynamoDb = {
  url: string;
  streams: StreamReader;
  checkpoints: Checkpoints;
  capacity: CapacityRecorder;
  faults: Faults;
  close(): Promise<void>;
};

type Services = { engine: Engine; recorder: ReturnType<typeof openRecorder>; faults: ReturnType<typeof openFaults> };

/** Longer than SDK clients keep idle connections, so that it is they who close them. */
const KEEP_ALIVE_MS = 75_000;

/** Serves DynamoDB and DynamoDB Streams on loopback. One endpoint owns its file. */
export async function startDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const engine = openEngine(options.file, options.now ?? Date.now);
  const services = { engine, recorder: openRecorder(), faults: openFaults() };
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    void serve(services, request, response);
  });
  const sweeping = setInterval(() => sweep(engine), options.ttlSweepMs ?? 1000);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    streams: openStreamReader(engine),
    checkpoints: openCheckpoints(engine.db),
    capacity: services.recorder,
    faults: services.faults,
    async close() {
      clearInterval(sweeping);
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      engine.db.close();
    },
  };
}

async function serve(services: Services, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const call = await readCall(request);
    const fault = await services.faults.next(call.operation, call.input);
    if (fault?.error === 'drop_connection_before') return drop(response);
    if (!fault?.applied) refuse(fault);
    const result = run(services, call);
    if (fault?.error === 'drop_connection_after') return drop(response);
    refuse(fault);
    answer(response, 200, result);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    const known = error instanceof DynamoDbError ? error : internalError(error);
    answer(response, known.status, known.toBody());
  }
}

function run({ engine, recorder }: Services, { target, operation, input }: Call): object {
  const execute = OPERATIONS.get(target);
  if (!execute) throw new DynamoDbError('UnknownOperationException', `Unknown operation: ${target}`);
  const meter = openMeter();
  try {
    return execute({ engine, meter }, input);
  } finally {
    recorder.record(operation, meter, engine.now());
  }
}

function refuse(fault: Fault | undefined): void {
  const error = fault?.error;
  if (error !== undefined && error !== 'drop_connection_before' && error !== 'drop_connection_after')
    throw new DynamoDbError(error, 'A fault was asked for');
}

function drop(response: ServerResponse): void {
  response.destroy();
}

function internalError(error: unknown): DynamoDbError {
  console.error(error);
  return new DynamoDbError('InternalServerError', 'The request processing has failed because of an unknown error');
}
