import { evaluate, NO_VALUE, type Scope } from './intrinsics.ts';
import type { Template } from './read-template.ts';
import { localEndpoints } from './types/apis.ts';
import { ACCOUNT, REGION, type Declared, type LiveUrls, type ResourceType } from './types/resource-type.ts';
import { resourceTypes } from './types/types.ts';

/** A resource with its type and what `Ref` gives for it. */
export type Resource = Declared & { type: string; ref: string };

export type Resolver = {
  scope: Scope;
  /** The resources whose condition holds, in the order of the template. */
  resources(): Resource[];
};

/** Gives every name of a template its value on this machine. Errors name the logical id and the type. */
export function createResolver(template: Template, live: LiveUrls): Resolver {
  const declared = new Map<string, Declared>();
  const underway = new Set<string>();
  const pseudo = pseudoParameters(template.stackName);

  const scope: Scope = {
    ref(name) {
      if (pseudo.has(name)) return pseudo.get(name);
      const parameter = template.Parameters[name];
      return parameter ? parameter.Default : typeOf(template, name).ref(declare(name));
    },
    attribute(id, name) {
      const give = typeOf(template, id).attributes?.[name];
      if (!give) throw new Error(`${label(template, id)} has no attribute ${name} on one machine`);
      return give(declare(id));
    },
    condition(name) {
      if (!(name in template.Conditions)) throw new Error(`The template has no condition ${name}`);
      return Boolean(evaluate(template.Conditions[name], scope));
    },
    mapping(map, first, second) {
      const value = template.Mappings[map]?.[first]?.[second];
      if (value === undefined) throw new Error(`The template has no mapping ${map}.${first}.${second}`);
      return value;
    },
    text: localEndpoints(apisOf(template, live)),
  };

  function declare(id: string): Declared {
    const known = declared.get(id);
    if (known) return known;
    if (underway.has(id)) throw new Error(`${label(template, id)} depends on itself`);
    underway.add(id);
    const properties = propertiesOf(template, id, scope);
    const resource = { id, properties, stackName: template.stackName, live };
    declared.set(id, resource);
    return resource;
  }

  return {
    scope,
    resources() {
      const present = Object.entries(template.Resources).filter(
        ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
      );
      return present.map(([id, { Type }]) => ({ ...declare(id), type: Type, ref: String(scope.ref(id)) }));
    },
  };
}

// With properties as they stand: resolving them may already need the endpoint of the API.
function apisOf({ Resources, stackName }: Template, live: LiveUrls): Declared[] {
  const apis = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Api');
  return apis.map(([id, { Properties }]) => ({ id, properties: Properties, stackName, live }));
}

function propertiesOf(template: Template, id: string, scope: Scope): Declared['properties'] {
  try {
    return evaluate(template.Resources[id]?.Properties, scope) as Declared['properties'];
  } catch (error) {
    throw new Error(`${label(template, id)}: ${(error as Error).message}`, { cause: error });
  }
}

function typeOf(template: Template, id: string): ResourceType {
  const resource = template.Resources[id];
  if (!resource) throw new Error(`Nothing in the template is named ${id}`);
  const type = resourceTypes.get(resource.Type);
  if (!type) throw new Error(`${label(template, id)}: this type of resource does not run on one machine`);
  return type;
}

function label(template: Template, id: string): string {
  return `${id} (${template.Resources[id]?.Type})`;
}

function pseudoParameters(stackName: string): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['AWS::AccountId', ACCOUNT],
    ['AWS::NoValue', NO_VALUE],
    ['AWS::Partition', 'aws'],
    ['AWS::Region', REGION],
    ['AWS::StackId', `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stackName}/local`],
    ['AWS::StackName', stackName],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ]);
}
