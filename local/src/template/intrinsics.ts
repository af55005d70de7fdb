/** What the names in a template stand for. Each throws for a name it does not know. */
export type Scope = {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
  /** Last word on a text that was put together. */
  text(text: string): string;
};

/** The value of `AWS::NoValue`: the property that has it does not exist. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** A part of a template with its intrinsic functions replaced by their values. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope)).filter((item) => item !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name = '', argument] = entries[0] ?? [];
  if (entries.length === 1 && (name.startsWith('Fn::') || name === 'Ref' || name === 'Condition')) {
    return call(name, argument, scope);
  }
  const evaluated = entries.map(([key, part]) => [key, evaluate(part, scope)] as const);
  return Object.fromEntries(evaluated.filter(([, part]) => part !== NO_VALUE));
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const intrinsic = intrinsics[name];
  if (!intrinsic) throw new Error(`The intrinsic function ${name} is not supported`);
  return intrinsic(argument, scope);
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(String(argument)),
  Condition: (argument, scope) => scope.condition(String(argument)),
  'Fn::GetAtt': getAtt,
  'Fn::Join': join,
  'Fn::Sub': substitute,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(argument, scope);
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::And': (argument, scope) => list(argument, scope).every(Boolean),
  'Fn::Or': (argument, scope) => list(argument, scope).some(Boolean),
  'Fn::Not': (argument, scope) => !list(argument, scope)[0],
};

function getAtt(argument: unknown, scope: Scope): unknown {
  const [id = '', ...attribute] =
    typeof argument === 'string' ? argument.split('.') : list(argument, scope).map(String);
  return scope.attribute(id, attribute.join('.'));
}

function join(argument: unknown, scope: Scope): string {
  const [separator, parts] = list(argument, scope);
  return scope.text((parts as unknown[]).map(String).join(String(separator)));
}

function substitute(argument: unknown, scope: Scope): string {
  const [text, variables] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
  const own = evaluate(variables, scope) as Record<string, unknown>;
  const filled = String(text).replaceAll(/\$\{([^!}][^}]*)\}/g, (_whole, name: string) => {
    if (name in own) return String(own[name]);
    return String(name.includes('.') ? getAtt(name, scope) : scope.ref(name));
  });
  return scope.text(filled.replaceAll('${!', '${'));
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, items] = list(argument, scope);
  const item = (items as unknown[])[Number(index)];
  if (item === undefined) throw new Error(`Fn::Select: there is no item ${String(index)}`);
  return item;
}

function split(argument: unknown, scope: Scope): string[] {
  const [separator, text] = list(argument, scope);
  return String(text).split(String(separator));
}

// Only the chosen side is evaluated: the other may name what does not exist.
function choose(argument: unknown, scope: Scope): unknown {
  const [condition, whenTrue, whenFalse] = argument as unknown[];
  return evaluate(scope.condition(String(condition)) ? whenTrue : whenFalse, scope);
}

function findInMap(argument: unknown, scope: Scope): unknown {
  const [map = '', first = '', second = ''] = list(argument, scope).map(String);
  return scope.mapping(map, first, second);
}

function list(argument: unknown, scope: Scope): unknown[] {
  const evaluated = evaluate(argument, scope);
  if (!Array.isArray(evaluated)) throw new Error(`Expected a list: ${JSON.stringify(argument)}`);
  return evaluated;
}
