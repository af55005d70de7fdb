import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import type { ChannelPlan } from '../../infra/channel.ts';
import { ParleyStack } from '../../infra/parley-stack.ts';
import { defaults } from '../../infra/settings.ts';

export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
}

export interface Synthesized {
  stack: ParleyStack;
  template: Template;
  resources: Record<string, Resource>;
}

export const functionNames = [
  'webhook',
  'sender',
  'api',
  'dispatch',
  'broadcast',
  'project',
  'media',
  'mail',
  'scheduler',
  'socket',
  'health',
  'redirect',
  'admin',
  'broadcast',
];

/** One channel of each kind: with handshake, aliases and two spellings; plain; without a webhook; without sends. */
export const plans: ChannelPlan[] = [
  { name: 'whatsapp_cloud', inbound: true, outbound: true, handshake: true, webhookAliases: [] },
  {
    name: 'whatsapp_lite',
    aliases: ['whatsapp'],
    inbound: true,
    outbound: true,
    handshake: false,
    webhookAliases: ['appgain-whatsapp-webhook'],
  },
  { name: 'telegram', inbound: true, outbound: true, handshake: false, webhookAliases: [] },
  { name: 'web_push', inbound: false, outbound: true, handshake: false, webhookAliases: [] },
  { name: 'tiktok', inbound: true, outbound: false, handshake: false, webhookAliases: [] },
];

/** The template of a stack with these channels, made in a folder that is removed when the test file is done. */
export function synthesize(manifests: ChannelPlan[] = plans, context: Record<string, unknown> = {}): Synthesized {
  const app = emptyApp(context);
  const stack = new ParleyStack(app, 'Parley', { manifests, bundles: emptyBundles() });
  const template = Template.fromStack(stack);
  return { stack, template, resources: template.toJSON()['Resources'] };
}

/** What the CloudFormation rules that come with CDK find fault with. */
export function complaints(manifests: ChannelPlan[] = plans): unknown[] {
  const app = emptyApp({}, true);
  new ParleyStack(app, 'Parley', { manifests, bundles: emptyBundles() });
  const { directory } = app.synth();
  return JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')).pluginReports;
}

export function ofType(resources: Record<string, Resource>, type: string): [string, Resource][] {
  return Object.entries(resources).filter(([, resource]) => resource.Type === type);
}

/** The first logical id that a value refers to by Ref or Fn::GetAtt. */
export function referredTo(value: unknown): string | undefined {
  return /"(?:Ref|Fn::GetAtt)":\[?"([A-Za-z0-9]+)"/.exec(JSON.stringify(value) ?? '')?.[1];
}

const folder = mkdtempSync(join(tmpdir(), 'parley-infra-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function emptyApp(context: Record<string, unknown>, builtinCloudFormationValidation = false): App {
  const outdir = mkdtempSync(join(folder, 'out-'));
  const all = { ...defaults, ...context };
  return new App({
    outdir,
    context: all,
    builtinCloudFormationValidation,
    analyticsReporting: false,
    treeMetadata: false,
  });
}

function emptyBundles(): string {
  const bundles = join(folder, 'dist');
  for (const part of ['layer', ...functionNames.map((name) => `functions/${name}`)]) {
    mkdirSync(join(bundles, part), { recursive: true });
    writeFileSync(join(bundles, part, 'index.mjs'), 'export {};');
  }
  return bundles;
}
