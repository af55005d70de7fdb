import type { Cost } from './costs.ts';
import { assumptions, paths, prices } from './prices.ts';
import type { Path } from './prices.ts';

/** US dollars per million messages, by service. */
type Bill = Record<'dynamoDb' | 'httpApi' | 'webSocket' | 'lambda' | 'sqs' | 'kms', number>;

export interface PricedPath {
  path: string;
  bill: Bill;
  total: number;
  budget: number;
}

type Counted = Pick<Cost, 'writeUnits' | 'readUnits' | 'frames'>;

/** Prices what was counted, and what `prices.ts` assumes, per million messages in traffic. */
export function bills(counted: { inbound: Counted; status: Counted; outbound: Counted }): PricedPath[] {
  const inbound = bill(counted.inbound, paths.inbound);
  const status = bill(counted.status, paths.status);
  const sent = bill(counted.outbound, paths.outbound);
  const withStatuses = (one: Bill) => combine(one, status, (own, each) => own + 3 * each);
  const outbound = withStatuses(sent);
  const full = withStatuses(bill(counted.outbound, paths.outboundFull));
  return [
    { path: 'inbound text', bill: inbound, total: totalOf(inbound), budget: 4.2 },
    { path: 'outbound text with 3 statuses', bill: outbound, total: totalOf(outbound), budget: 14 },
    { path: 'the same, a sender taking ten at once', bill: full, total: totalOf(full), budget: 14 },
  ];
}

function bill(counted: Counted, path: Path): Bill {
  const million = 1e6;
  return {
    dynamoDb: million * (counted.writeUnits * prices.dynamoDbWriteUnit + counted.readUnits * prices.dynamoDbReadUnit),
    httpApi: million * path.httpRequests * prices.httpApiRequest,
    webSocket: million * counted.frames * assumptions.clients * prices.webSocketMessage,
    lambda: million * lambda(path),
    sqs: million * path.sqsRequests * prices.sqsRequest,
    kms: million * assumptions.decryptsPerMessage * prices.kmsRequest,
  };
}

function lambda({ invocations }: Path): number {
  const { duration, starts, memoryGb } = assumptions;
  return Object.entries(invocations).reduce((sum, [name, count]) => {
    const seconds = (duration[name as keyof typeof duration] + starts.share * starts.duration) / 1000;
    return sum + count * (prices.lambdaRequest + seconds * memoryGb * prices.lambdaGbSecond);
  }, 0);
}

function combine(one: Bill, other: Bill, join: (one: number, other: number) => number): Bill {
  const services = Object.keys(one) as (keyof Bill)[];
  return Object.fromEntries(services.map((service) => [service, join(one[service], other[service])])) as Bill;
}

function totalOf(bill: Bill): number {
  return Object.values(bill).reduce((sum, dollars) => sum + dollars, 0);
}
