import { environmentVariables } from '@parley/local/functions/variables.ts';
import type { WorkerSettings } from '@parley/local/functions/protocol.ts';
import { synthesized } from '@parley/local/product.ts';
import { readTemplate } from '@parley/local/template/read-template.ts';
import { resolve } from '@parley/local/template/resolve.ts';
import type { Plan } from '@parley/local/template/resolve.ts';

/** A function of the synthesized stack, as an execution environment is started with it. */
export interface DeployedFunction {
  /** `webhook-whatsapp_cloud`, `api`, … */
  name: string;
  settings: Pick<WorkerSettings, 'codeDir' | 'layerDirs'>;
  environment: Record<string, string>;
}

/** An address that nothing answers at. */
export const NOWHERE = 'http://127.0.0.1:9';

/** What the synthesized stack asks for. Its services answer nowhere. */
export function stackPlan(): Plan {
  return resolve(readTemplate(synthesized), {
    queues: NOWHERE,
    httpApi: NOWHERE,
    webSocketApi: NOWHERE,
    webSocketManagement: NOWHERE,
    userPools: NOWHERE,
  });
}

/** The stack's functions; `endpoints` are variables that each of them gets. */
export function deployedFunctions(plan: Plan, endpoints: Record<string, string> = {}): DeployedFunction[] {
  return plan.functions.map((each) => ({
    name: each.environment['POWERTOOLS_SERVICE_NAME'] ?? each.name,
    settings: { codeDir: each.codeDir, layerDirs: each.layerDirs },
    environment: environmentVariables(each, { ...credentials, ...endpoints }),
  }));
}

const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
