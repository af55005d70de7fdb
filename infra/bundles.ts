import { join } from 'node:path';
import { Architecture, Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** What the build wrote: the one layer with the channels, and a folder of code per function. */
export class Bundles extends Construct {
  readonly layer: LayerVersion;
  readonly #folder: string;

  constructor(scope: Construct, id: string, folder: string) {
    super(scope, id);
    this.#folder = folder;
    this.layer = new LayerVersion(this, 'Layer', {
      code: Code.fromAsset(join(folder, 'layer')),
      compatibleRuntimes: [Runtime.NODEJS_24_X],
      compatibleArchitectures: [Architecture.ARM_64],
      description: 'The channels of Parley, mounted at /opt',
    });
  }

  /** Code of `lambdas/<name>`. */
  code(name: string): Code {
    return Code.fromAsset(join(this.#folder, 'functions', name));
  }
}
