import * as z from 'zod/mini';
import type { FunctionSettings } from '../../functions/functions.ts';
import type { Template } from '../read-template.ts';
import type { Resource } from '../scope.ts';
import { fail, number, ofType, parseProperties } from './parse.ts';

const codeSchema = z.looseObject({ S3Key: z.string('only code from an asset runs on one machine') });
const layerSchema = z.looseObject({ Content: codeSchema });
// Defaults: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
const functionSchema = z.looseObject({
  Code: codeSchema,
  Handler: z.string(),
  Runtime: z.string().check(z.regex(/^nodejs/, 'only Node.js runs on one machine')),
  Layers: z._default(z.array(z.string()), []),
  Environment: z._default(z.object({ Variables: z._default(z.record(z.string(), z.unknown()), {}) }), {
    Variables: {},
  }),
  Timeout: z._default(number, 3),
  MemorySize: z._default(number, 128),
  LoggingConfig: z._default(
    z.looseObject({ LogGroup: z.optional(z.string()), ApplicationLogLevel: z.optional(z.string()) }),
    {},
  ),
});

export function planFunctions(resources: readonly Resource[], template: Template): FunctionSettings[] {
  const layers = ofType(resources, 'AWS::Lambda::LayerVersion');
  const layerDirs = new Map(
    layers.map((layer) => [layer.ref, folder(template, layer, parseProperties(layerSchema, layer).Content)]),
  );
  return ofType(resources, 'AWS::Lambda::Function').map((resource) => {
    const lambda = parseProperties(functionSchema, resource);
    const { LogGroup: logGroup, ApplicationLogLevel: logLevel } = lambda.LoggingConfig;
    return {
      name: resource.ref,
      codeDir: folder(template, resource, lambda.Code),
      layerDirs: lambda.Layers.map((arn) => layerDirs.get(arn) ?? fail(resource, `there is no layer ${arn}`)),
      handler: lambda.Handler,
      environment: texts(lambda.Environment.Variables),
      timeoutSeconds: lambda.Timeout,
      memoryMb: lambda.MemorySize,
      ...(logGroup !== undefined && { logGroup }),
      ...(logLevel !== undefined && { logLevel }),
    };
  });
}

function folder(template: Template, resource: Resource, { S3Key }: { S3Key: string }): string {
  return template.assetFolders.get(S3Key) ?? fail(resource, `there is no asset ${S3Key}`);
}

function texts(variables: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
}
