import { createHash } from 'node:crypto';

/** Where the services of this machine answer. URLs have no slash at the end. */
export type LiveUrls = {
  /** SQS: queue URLs start with it. */
  queues: string;
  /** What a client calls, for the HTTP API. */
  httpApi: string;
  /** What a client connects to (`ws://…`), for the WebSocket API; the stage follows it. */
  webSocketApi: string;
  /** Where functions post to open sockets; the stage follows it. */
  webSocketManagement: string;
  /** Issuer of user pools; the pool's id follows it. */
  userPools: string;
};

/** A resource of the template, its properties resolved. */
export type Declared = {
  id: string;
  stackName: string;
  properties: Readonly<Record<string, unknown>>;
  live: LiveUrls;
};

type Give = (resource: Declared) => string;

/** What `Ref` and `Fn::GetAtt` give for a type of resource. */
export type ResourceType = { ref: Give; attributes?: Readonly<Record<string, Give>> };

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

/** The name that a property gives, else `{stack}-{logical id}` as CloudFormation makes it, without the random part. */
export function nameFrom(property: string): Give {
  return (resource) => {
    const name = resource.properties[property];
    return typeof name === 'string' ? name : generatedName(resource);
  };
}

export function generatedName({ stackName, id }: Declared): string {
  return `${stackName}-${id}`;
}

/** An id that AWS would draw at random: here the same for the same stack and logical id, so that data outlives a restart. */
export function stableId(resource: Declared, length: number): string {
  return createHash('sha256').update(generatedName(resource)).digest('hex').slice(0, length);
}

/** A type of which nothing but its name matters on one machine. */
export const nameOnly: ResourceType = { ref: generatedName };
