import recommended from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import type { Construct } from 'constructs';

/** What cdk.json and `-c name=value` start from: today's behaviour of the pinned library, and no file paths in what is written. */
export const defaults: Record<string, unknown> = { ...recommended, 'aws:cdk:disable-creation-stack-traces': true };

/** A setting of the deployment, given in cdk.json's context or as `-c name=value`. */
export function textSetting(scope: Construct, name: string): string | undefined {
  const value: string | number | undefined = scope.node.tryGetContext(name);
  return value === undefined || value === '' ? undefined : String(value);
}

/** A setting that is one of these words, the first of them unless told. Throws when it is anything else. */
export function wordSetting<Word extends string>(
  scope: Construct,
  name: string,
  words: readonly [Word, ...Word[]],
): Word {
  const text = textSetting(scope, name) ?? words[0];
  const word = words.find((each) => each === text);
  if (word === undefined) throw new Error(`Setting '${name}' must be one of ${words.join(', ')}, not '${text}'`);
  return word;
}

/** A setting that is a whole number from 0. Throws when it is anything else. */
export function numberSetting(scope: Construct, name: string): number | undefined {
  const text = textSetting(scope, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`Setting '${name}' must be a whole number, not '${text}'`);
  return Number(text);
}
