import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';

const anything = z.record(z.string(), z.unknown());
const optionalAnything = z._default(anything, {});

const resourceSchema = z.object({
  Type: z.string(),
  Properties: optionalAnything,
  Condition: z.optional(z.string()),
});
const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Parameters: z._default(z.record(z.string(), z.looseObject({ Default: z.optional(z.unknown()) })), {}),
  Conditions: optionalAnything,
  Mappings: z._default(z.record(z.string(), z.record(z.string(), anything)), {}),
  Outputs: z._default(z.record(z.string(), z.looseObject({ Value: z.unknown() })), {}),
});
const manifestSchema = z.object({
  artifacts: z.record(z.string(), z.object({ type: z.string(), properties: optionalAnything })),
});
const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.optional(z.string()), packaging: z.optional(z.string()) }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

export type TemplateResource = z.infer<typeof resourceSchema>;

/** A synthesized stack: its CloudFormation template, unresolved, and the folders of its assets. */
export type Template = z.infer<typeof templateSchema> & {
  stackName: string;
  /** From the S3 key that the template names to the folder that holds the files. */
  assetFolders: ReadonlyMap<string, string>;
};

/** Reads the one stack in a `cdk.out` folder. Throws when there is none, or more than one. */
export function readTemplate(cdkOut: string): Template {
  const { artifacts } = manifestSchema.parse(readJson(cdkOut, 'manifest.json'));
  const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [stack, ...others] = stacks;
  if (!stack || others.length > 0) throw new Error(`${cdkOut} holds ${stacks.length} stacks, not one`);
  const [id, { properties }] = stack;
  return {
    ...templateSchema.parse(readJson(cdkOut, `${id}.template.json`)),
    stackName: typeof properties['stackName'] === 'string' ? properties['stackName'] : id,
    assetFolders: assetFolders(cdkOut, `${id}.assets.json`),
  };
}

function assetFolders(cdkOut: string, file: string): Map<string, string> {
  const { files } = assetsSchema.parse(readJson(cdkOut, file));
  const folders = Object.values(files).filter(({ source }) => source.packaging === 'zip');
  return new Map(
    folders.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, resolve(cdkOut, source.path ?? '')] as const),
    ),
  );
}

function readJson(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}
