import { evaluate } from './intrinsics.ts';
import { planHttpApi, planWebSocketApi } from './plan/apis.ts';
import { planAsyncInvocations } from './plan/async-invocations.ts';
import { planEventSources } from './plan/event-sources.ts';
import { planFunctions } from './plan/functions.ts';
import { planMailRules, planSubscriptions } from './plan/mail.ts';
import { planKeys, planScheduleGroups, planSchedules, planUserPoolClients, planUserPools } from './plan/others.ts';
import type { Plan } from './plan/plan.ts';
import { planBuckets, planQueues } from './plan/queues-and-buckets.ts';
import { planTables } from './plan/tables.ts';
import type { Template } from './read-template.ts';
import { createResolver, type Resolver } from './scope.ts';
import type { LiveUrls } from './types/resource-type.ts';

export type { Plan } from './plan/plan.ts';
export type { LiveUrls } from './types/resource-type.ts';

/**
 * What the template asks for, with every reference resolved. Names, ARNs and ids do not depend on `live`, so a plan can
 * be made before the services run and again when their URLs are known. Throws, with the logical id and the type, for a
 * type of resource or a property that does not run on one machine and for a reference to nothing.
 */
export function resolve(template: Template, live: LiveUrls): Plan {
  const resolver = createResolver(template, live);
  const resources = resolver.resources();
  const tables = planTables(resources);
  const httpApi = planHttpApi(resources);
  const webSocketApi = planWebSocketApi(resources);
  return {
    stackName: template.stackName,
    tables,
    buckets: planBuckets(resources),
    queues: planQueues(resources),
    functions: planFunctions(resources, template),
    eventSources: planEventSources(resources, tables),
    asyncInvocations: planAsyncInvocations(resources),
    ...(httpApi && { httpApi }),
    ...(webSocketApi && { webSocketApi }),
    subscriptions: planSubscriptions(resources),
    mailRules: planMailRules(resources),
    scheduleGroups: planScheduleGroups(resources),
    schedules: planSchedules(resources),
    keys: planKeys(resources),
    userPools: planUserPools(resources),
    userPoolClients: planUserPoolClients(resources),
    outputs: outputsOf(template, resolver),
  };
}

function outputsOf(template: Template, { scope }: Resolver): Record<string, string> {
  const outputs = Object.entries(template.Outputs).map(([name, { Value }]) => [name, String(evaluate(Value, scope))]);
  return Object.fromEntries(outputs) as Record<string, string>;
}
