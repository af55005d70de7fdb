import { startCloud } from '@parley/local/cloud.ts';
import { bills } from './bill.ts';
import { measureCosts } from './costs.ts';
import { rounded } from './statistics.ts';

/** 1. What a message costs by AWS's rules, and in dollars at AWS's prices. */
export async function reportCosts(data: string): Promise<void> {
  const cloud = await startCloud({ data, port: 0, fresh: true, log: () => {} });
  const costs = await measureCosts(cloud);
  await cloud.close();
  console.log("\n1. DynamoDB units and calls per message, counted by AWS's rules (the budget is for write units)");
  console.table(
    Object.values(costs).map(({ path, writeUnits, budget, readUnits, calls, frames }) => ({
      path,
      'write units': rounded(writeUnits, 2),
      budget,
      'read units': rounded(readUnits, 2),
      calls: rounded(calls, 2),
      'socket messages': rounded(frames, 2),
    })),
  );
  console.log(
    '   Dollars per million, in traffic: the counts above, the prices and the assumptions of bench/prices.ts',
  );
  console.table(
    bills(costs).map(({ path, bill, total, budget }) => ({
      path,
      ...Object.fromEntries(Object.entries(bill).map(([service, dollars]) => [service, rounded(dollars, 2)])),
      total: rounded(total, 2),
      budget,
    })),
  );
}
