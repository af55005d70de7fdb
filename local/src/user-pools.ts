import * as z from 'zod/mini';
import { compact } from '@parley/core/domain/compact.ts';
import type { CognitoOptions } from './cognito/server.ts';
import type { Plan } from './template/resolve.ts';

const poolProperties = z.looseObject({
  UsernameAttributes: z.optional(z.array(z.string())),
  Policies: z.optional(
    z.looseObject({
      PasswordPolicy: z.optional(
        z.object({
          MinimumLength: z.optional(z.number()),
          RequireLowercase: z.optional(z.boolean()),
          RequireUppercase: z.optional(z.boolean()),
          RequireNumbers: z.optional(z.boolean()),
          RequireSymbols: z.optional(z.boolean()),
        }),
      ),
    }),
  ),
});
const clientProperties = z.looseObject({ ExplicitAuthFlows: z.optional(z.array(z.string())) });

/** The user pools of a plan, as Cognito's stand-in takes them. */
export function userPoolsOf(plan: Plan): Pick<CognitoOptions, 'pools' | 'clients'> {
  return { pools: plan.userPools.map(poolOf), clients: plan.userPoolClients.map(clientOf) };
}

function poolOf({ id, properties }: Plan['userPools'][number]): CognitoOptions['pools'][number] {
  const { UsernameAttributes, Policies } = poolProperties.parse(properties);
  return {
    id,
    name: id,
    ...(UsernameAttributes && { usernameAttributes: UsernameAttributes }),
    ...(Policies?.PasswordPolicy && { passwordPolicy: compact(Policies.PasswordPolicy) }),
  };
}

function clientOf({ id, userPoolId, properties }: Plan['userPoolClients'][number]): CognitoOptions['clients'][number] {
  const { ExplicitAuthFlows } = clientProperties.parse(properties);
  return { id, poolId: userPoolId, ...(ExplicitAuthFlows && { explicitAuthFlows: ExplicitAuthFlows }) };
}
