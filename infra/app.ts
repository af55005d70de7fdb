import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { manifests } from '@parley/core/channels/manifests.ts';
import settings from '../cdk.json' with { type: 'json' };
import { defaults } from './settings.ts';
import { ParleyStack } from './parley-stack.ts';

const root = join(import.meta.dirname, '..');
const commandLineFolder = process.env['CDK_OUTDIR'];

// The CDK command line gives its own folder and context; without it the same template comes from `node infra/app.ts`.
const app = new App({
  outdir: commandLineFolder ?? join(root, settings.output),
  context: { ...defaults, ...settings.context },
  // takes most of the time of a synthesis; what is to be deployed and what the tests see is checked
  builtinCloudFormationValidation: commandLineFolder !== undefined,
  analyticsReporting: settings.versionReporting,
  treeMetadata: false,
});

new ParleyStack(app, 'Parley', { manifests, bundles: join(root, 'dist') });

app.synth();
